const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/Edg/, 'Edge'],
  [/HarmonyOS|HuaweiBrowser/, 'Huawei'],
  [/QQBrowser/, 'QQ'],
  [/Firefox/, 'Firefox'],
  [/Chrome|Chromium/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
]
const named = (list: readonly [RegExp, string][], agent: string): string =>
  list.find(([mark]) => mark.test(agent))?.[1] ?? ''

/** `Chrome Windows`: which browser on which system, as far as it says so; else its own first words. */
export function agentName(agent: string): string {
  return (
    [named(BROWSERS, agent), named(SYSTEMS, agent)].filter(Boolean).join(' ') || agent.slice(0, 24) || '—'
  )
}
