import type { Outside } from '../stores/answer.ts'

const late = (p: Outside) => p.durationMs ?? Number.MAX_SAFE_INTEGER

/** New gaps first, then those no road leads to, then the latest. */
export function byUrgency(places: readonly Outside[]): Outside[] {
  return [...places].sort((a, b) => Number(b.fresh) - Number(a.fresh) || late(b) - late(a))
}
