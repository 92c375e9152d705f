/** How a screen writes durations, ranges, clock times and ages. Pure; the language is an argument. */

export type Lang = 'zh' | 'en'

/** Whole minutes, rounded up: a time is never understated. */
export function minutesOf(ms: number): number {
  return Math.ceil(ms / 60_000)
}

/** `37 分`, from 120 min on `2 时 05 分`. */
export function duration(ms: number, lang: Lang): string {
  const m = minutesOf(ms)
  if (m < 120) return lang === 'zh' ? `${m} 分` : `${m} min`
  const [h, rest] = [Math.floor(m / 60), String(m % 60).padStart(2, '0')]
  return lang === 'zh' ? `${h} 时 ${rest} 分` : `${h} h ${rest} min`
}

/** `34–52 分`; the lower end is rounded down, the upper one up. */
export function range([lowMs, highMs]: readonly [number, number], lang: Lang): string {
  const [low, high] = [Math.floor(lowMs / 60_000), minutesOf(highMs)]
  const unit = lang === 'zh' ? '分' : 'min'
  return low === high ? `${low} ${unit}` : `${low}–${high} ${unit}`
}

/** `14:05` in the county's zone. */
export function clock(iso: string | Date, timeZone?: string): string {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(iso))
}

/** `2026-11-21` in the county's zone. */
export function day(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(new Date(iso))
}

/** The clock time of today, with its day when that is another. */
export function moment(iso: string, now: Date, timeZone?: string): string {
  const on = day(iso, timeZone)
  const at = clock(iso, timeZone)
  return on === day(now.toISOString(), timeZone) ? at : `${on} ${at}`
}

/** How long ago: `刚刚`, `5 分前`, `3 时前`, `12 天前`. */
export function age(fromIso: string, now: Date, lang: Lang): string {
  const min = Math.max(0, Math.floor((now.getTime() - new Date(fromIso).getTime()) / 60_000))
  const zh = lang === 'zh'
  if (min < 1) return zh ? '刚刚' : 'just now'
  if (min < 60) return zh ? `${min} 分前` : `${min} min ago`
  if (min < 48 * 60) return zh ? `${Math.floor(min / 60)} 时前` : `${Math.floor(min / 60)} h ago`
  return zh ? `${Math.floor(min / 1440)} 天前` : `${Math.floor(min / 1440)} d ago`
}
