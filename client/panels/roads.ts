import type { RoadPart } from '../../server/contract/api.ts'

export interface RoadStretch {
  name: string
  lengthM: number
  durationMs: number
}
/** Shorter than this and without a name of its own: a junction, not a road worth a line. */
const TRIFLE_M = 60

/** The way as a person would tell it: parts of one road joined, trifles added to the road before them. */
export function joinRoads(parts: readonly RoadPart[]): RoadStretch[] {
  const out: RoadStretch[] = []
  for (const { name, ref, lengthM, durationMs } of parts) {
    const called = [ref, name].filter(Boolean).join(' ')
    const last = out.at(-1)
    const same = last && (last.name === called || (ref !== '' && last.name.split(' ')[0] === ref))
    if (last && (same || (called === '' && lengthM < TRIFLE_M))) {
      last.lengthM += lengthM
      last.durationMs += durationMs
    } else out.push({ name: called, lengthM, durationMs })
  }
  return out
}
