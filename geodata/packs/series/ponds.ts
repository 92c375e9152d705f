import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { Random } from '../random.ts'
import { cascade } from './runoff.ts'
import { type Store, stored } from './lakes.ts'
import { STEP_MIN, type Storm } from './storm.ts'
import type { Readings } from './waters.ts'

/** Runoff of a tailings catchment; how flat the beach is; how fast water moves in the dam. */
const RUNOFF = 0.7
const BEACH_SLOPE = 0.012
const PHREATIC_H = 12

const numberOf = (record: RegisterRecord, key: string): number => {
  const value = record.fields[key]
  return typeof value === 'number' ? value : 0
}

/**
 * What stands on the tailings ponds: the level from rain and drainage, the beach that the level leaves, the
 * phreatic line that follows it half a day later, the dam that creeps. The drain of one pond above heads is
 * half blocked: its level comes to its alarm values.
 */
export function ponds(
  seed: number,
  storm: Storm,
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
): Readings {
  const rows = records.get('tailingsPonds') ?? []
  const readings: Readings = new Map()
  const blocked = rows.find(r => r.fields.headPond === true)?.id
  for (const pond of rows) {
    const random = new Random(seed, `pond ${pond.id}`)
    const rain = storm.rainMm(pond.at ?? placeOf(pond))
    const level = levels(pond, rain, pond.id === blocked)
    const rise = level.map(z => z - level[0])
    let well = 0
    for (const { id, fields } of records.get('instruments') ?? []) {
      if (fields.pond !== pond.id) continue
      if (fields.kind === 'pondLevel') readings.set(id, level)
      else if (fields.kind === 'rain') readings.set(id, rain)
      else if (fields.kind === 'beach') {
        const first = numberOf(pond, 'minBeachM') * random.between(2.3, 3.2)
        readings.set(
          id,
          rise.map(up => Math.max(0, first - up / BEACH_SLOPE)),
        )
      } else if (fields.kind === 'phreatic') {
        const depth = random.between(7, 9) - 0.3 * well++
        const wet = cascade(rise, PHREATIC_H, 1)
        readings.set(
          id,
          wet.map(up => Math.max(0.2, depth - 2.4 * up + 0.02 * random.normal())),
        )
      } else if (fields.kind === 'damShift') {
        const first = random.between(1, 5)
        const wet = cascade(rise, 2 * PHREATIC_H, 1)
        readings.set(
          id,
          wet.map(up => first + 7 * up + 0.15 * random.normal()),
        )
      }
    }
  }
  return readings
}

/** The level step by step; where the drain is blocked, as far as brings the level between orange and red. */
function levels(pond: RegisterRecord, rain: Float64Array, blocked: boolean): Float64Array {
  const km2 = numberOf(pond, 'catchmentKm2')
  const inflow = cascade(
    Float64Array.from(rain, mm => (mm * km2 * 1000 * RUNOFF) / (STEP_MIN * 60)),
    0.3,
    2,
  )
  const run = (share: number): Float64Array => stored(pondStore(pond, share), inflow).levelM
  if (!blocked) return run(1)
  const wanted = numberOf(pond, 'designLevelM') - 0.1
  let [low, high] = [0, 1]
  for (let i = 0; i < 24; i++) {
    const share = (low + high) / 2
    if (Math.max(...run(share)) > wanted) low = share
    else high = share
  }
  return run(high)
}

function pondStore(pond: RegisterRecord, open: number): Store {
  const level = numberOf(pond, 'waterLevelM')
  const drainage = numberOf(pond, 'drainageM3s') * open
  // A pond is a wedge of 2·V/H; about a third of its surface is water, and the water widens as it rises.
  const area = (0.7 * numberOf(pond, 'volumeWanM3') * 1e4) / Math.max(10, numberOf(pond, 'heightM'))
  return {
    levelM: level,
    lowestM: level - 1,
    areaM2: z => Math.max(4000, area) * Math.max(0.4, 1 + (z - level) / 4),
    // The sills of the drain lie at the level of before; all of them take water 1 m higher.
    outM3s: z => drainage * Math.min(1, Math.max(0, z - level)),
  }
}

function placeOf(pond: RegisterRecord): LonLat {
  const path = pond.fields.flowPath
  return (Array.isArray(path) ? path[0] : [0, 0]) as LonLat
}
