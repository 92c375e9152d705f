import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { Random } from '../random.ts'
import { cascade } from './runoff.ts'
import { hourOf, STEPS, type Storm } from './storm.ts'
import type { Readings } from './waters.ts'

/** Hours over which the ground remembers rain, and mm in that memory from which a slope moves. */
const MEMORY_H = 18
const MOVES_MM = 16
/** Slopes that fail during the storm. */
const FAILING = 3
const FAILS_H = [42, 64] as const
/** mm of one hour from which a gully runs with debris. */
const GULLY_MM_H = 24

const SPEED: Record<string, number> = { gnss: 0.2, crack: 0.07, tilt: 0.006 }
const NOISE: Record<string, number> = { gnss: 0.8, crack: 0.05, tilt: 0.004 }

/**
 * What stands on the geohazard points: rain, slopes that creep faster the wetter they are, debris in gullies.
 * Three slopes accelerate to failure, displacement = a·ln(tf / (tf − t)) (Saito, Fukuzono); after it their
 * instruments are silent.
 */
export function slopes(
  seed: number,
  storm: Storm,
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
): Readings {
  const points = (records.get('geohazardPoints') ?? []).filter(p => p.fields.automatic === true)
  const readings: Readings = new Map()
  const rains = new Map(points.map(p => [p.id, storm.rainMm(p.at ?? firstOf(p))]))
  const sum = (rain: Float64Array): number => rain.reduce((a, b) => a + b, 0)
  const failing = points
    .filter(p => p.fields.kind === 'landslide' || p.fields.kind === 'rockfall')
    .map(p => ({ id: p.id, mm: sum(rains.get(p.id)!) * (p.fields.stability === 'unstable' ? 1.5 : 1) }))
    .sort((a, b) => b.mm - a.mm || (a.id < b.id ? -1 : 1))
    .slice(0, FAILING)
    .map(p => p.id)
  for (const point of points) {
    const random = new Random(seed, `slope ${point.id}`)
    const rain = rains.get(point.id)!
    const fails = failing.includes(point.id) ? random.between(FAILS_H[0], FAILS_H[1]) : Infinity
    for (const { id, fields } of records.get('instruments') ?? []) {
      if (fields.point !== point.id) continue
      const kind = String(fields.kind)
      if (kind === 'rain') readings.set(id, rain)
      else if (kind === 'mud') readings.set(id, debris(rain, random))
      else readings.set(id, creep(kind, rain, fails, random))
    }
  }
  return readings
}

function creep(kind: string, rain: Float64Array, fails: number, random: Random): Float64Array {
  const out = new Float64Array(STEPS)
  // Sum of remembered rain: a store that empties with a constant of MEMORY_H.
  const memory = cascade(rain, MEMORY_H, 1).map(mm => mm * MEMORY_H * 6)
  const speed = SPEED[kind] * random.between(0.2, 1.6)
  let moved = random.between(0, 8) * (SPEED[kind] / SPEED.gnss)
  for (let i = 0; i < STEPS; i++) {
    moved += (speed * Math.max(0, memory[i] - MOVES_MM)) / 100
    const t = hourOf(i)
    const rushing = Number.isFinite(fails)
      ? 22 * (SPEED[kind] / SPEED.gnss) * Math.log(fails / Math.max(0.1, fails - t))
      : 0
    out[i] = t > fails - 0.1 ? NaN : moved + rushing + NOISE[kind] * random.normal() * 0.5
  }
  return out
}

function debris(rain: Float64Array, random: Random): Float64Array {
  const out = new Float64Array(STEPS)
  const wild = random.between(0.5, 1.4)
  let level = 0
  for (let i = 0; i < STEPS; i++) {
    let hour = 0
    for (let k = Math.max(0, i - 5); k <= i; k++) hour += rain[k]
    level = Math.max(0.86 * level, (wild * Math.max(0, hour - GULLY_MM_H)) / 18)
    out[i] = level < 0.03 ? 0 : level
  }
  return out
}

function firstOf(point: RegisterRecord): LonLat {
  const area = point.fields.area
  return (Array.isArray(area) ? area[0] : [0, 0]) as LonLat
}
