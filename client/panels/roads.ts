import type { RoadPart } from '../../server/contract/api.ts'

export interface RoadStretch {
  name: string
  lengthM: number
  durationMs: number
}
/** Shorter than this, or than this part of the way, is a junction or a bridge: not worth a line. */
const TRIFLE_M = 60
const TRIFLE_PART = 0.02

const called = ({ name, ref }: RoadPart) => [ref, name].filter(Boolean).join(' ')
const sameRoad = (a: string, b: string) => a === b || (/\d/.test(a) && a.split(' ')[0] === b.split(' ')[0])

function join(into: RoadStretch, more: RoadStretch): void {
  into.lengthM += more.lengthM
  into.durationMs += more.durationMs
}

/** The way as a person would tell it: parts of one road joined, trifles added to the road before them. */
export function joinRoads(parts: readonly RoadPart[]): RoadStretch[] {
  const total = parts.reduce((sum, p) => sum + p.lengthM, 0)
  const trifle = Math.max(TRIFLE_M, total * TRIFLE_PART)
  const out: RoadStretch[] = []
  let early: RoadStretch | null = null
  for (const part of parts) {
    const next = { name: called(part), lengthM: part.lengthM, durationMs: part.durationMs }
    const last = out.at(-1)
    if (last && (sameRoad(last.name, next.name) || next.lengthM < trifle)) join(last, next)
    else if (!last && next.lengthM < trifle) early = early ? (join(early, next), early) : next
    else {
      if (early) join(next, early)
      early = null
      out.push(next)
    }
  }
  return early ? [early] : out
}
