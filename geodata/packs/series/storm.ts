import { M_PER_DEG, type LonLat } from '../../../server/contract/geo.ts'
import type { Brief } from '../county.ts'
import { Random } from '../random.ts'

/** 20:00 in the county's zone: after the registers were closed, in the flood season. */
export const STORM_STARTS = '2026-07-17T12:00:00Z'
export const STORM_HOURS = 72
export const STEP_MIN = 10
export const STEPS = (STORM_HOURS * 60) / STEP_MIN + 1

/** Rain that grows, crosses the county and fades: a round patch with a Gaussian profile. */
interface Cell {
  /** km east and north of the middle of the county, at `peakH`. */
  x: number
  y: number
  /** km an hour. */
  vx: number
  vy: number
  sigmaKm: number
  peakMmH: number
  peakH: number
  /** Hours from the peak to 61 %. */
  spreadH: number
}

/**
 * A storm of 72 hours: a first front in the evening, a quiet day, the main rain in the second night as a train
 * of cells on one track, and a last shower. The main track crosses the middle third of the county.
 */
export class Storm {
  readonly #cells: Cell[]
  readonly #centre: LonLat
  readonly #kmPerLon: number

  constructor(brief: Brief) {
    const random = new Random(brief.seed, 'storm')
    this.#centre = brief.centre
    this.#kmPerLon = (M_PER_DEG / 1000) * Math.cos((brief.centre[1] * Math.PI) / 180)
    const { widthKm, heightKm } = brief
    // Wider over a larger county, so that its main river rises too.
    const wide = Math.sqrt(Math.sqrt((widthKm * heightKm) / 400))
    const cell = (peakH: number, peakMmH: number, sigmaKm: number, spreadH: number, from: number): Cell => {
      const speed = random.between(9, 20)
      const turn = random.between(-0.35, 0.35)
      return {
        x: widthKm * random.between(-0.18, 0.18),
        y: heightKm * (from + random.between(-0.08, 0.08)),
        vx: speed * Math.cos(turn),
        vy: speed * Math.sin(turn),
        sigmaKm: sigmaKm * wide,
        peakMmH,
        peakH,
        spreadH,
      }
    }
    const track = random.between(-0.2, 0.2)
    this.#cells = [
      cell(
        7 + random.between(-1, 1),
        random.between(12, 18),
        random.between(8, 12),
        2.2,
        random.between(-0.2, 0.2),
      ),
      cell(13, random.between(1.2, 2), 30, 5, 0),
      ...[33.5, 36.5, 40].map(hour =>
        cell(
          hour + random.between(-0.6, 0.6),
          random.between(30, 48),
          random.between(4, 7.5),
          random.between(0.8, 1.5),
          track,
        ),
      ),
      cell(38, random.between(1.8, 3), 34, 6, track),
      cell(
        59 + random.between(-2, 2),
        random.between(14, 24),
        random.between(5, 8),
        1.3,
        random.between(-0.3, 0.3),
      ),
    ]
  }

  /** mm an hour at a place, `hour` after the start. */
  rateMmH([lon, lat]: LonLat, hour: number): number {
    const x = (lon - this.#centre[0]) * this.#kmPerLon
    const y = ((lat - this.#centre[1]) * M_PER_DEG) / 1000
    let sum = 0
    for (const c of this.#cells) {
      const since = hour - c.peakH
      const dx = x - c.x - c.vx * since
      const dy = y - c.y - c.vy * since
      const far = (dx * dx + dy * dy) / (c.sigmaKm * c.sigmaKm) + (since * since) / (c.spreadH * c.spreadH)
      if (far < 18) sum += c.peakMmH * Math.exp(-far / 2)
    }
    return sum
  }

  /** mm in each step at a place. The first step is the start itself: 0. */
  rainMm(at: LonLat): Float64Array {
    const out = new Float64Array(STEPS)
    for (let i = 1; i < STEPS; i++) out[i] = (this.rateMmH(at, ((i - 0.5) * STEP_MIN) / 60) * STEP_MIN) / 60
    return out
  }
}

export const hourOf = (step: number): number => (step * STEP_MIN) / 60
