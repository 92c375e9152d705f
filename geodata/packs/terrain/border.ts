import { noise } from '../noise.ts'
import type { Frame } from './field.ts'
import { frameCell } from './field.ts'

const ANGLES = 480
const RADII = 41
/** Half the width of the band in which the border looks for ridges, share of the radius. */
const BAND = 0.09
/** Share of width × height that a county takes. */
const SHARE = 0.85

/**
 * A county's border as counties have it: along the ridges, within a band round a rounded rectangle; a closed
 * ring in metres, counter-clockwise on the map, without its first point again.
 * `worth` says how much a cell of `frame` is worth to stand on, in metres.
 */
export function borderRing(
  seed: number,
  frame: Frame,
  worth: Float32Array,
  widthM: number,
  heightM: number,
): [number, number][] {
  const wanted = SHARE * widthM * heightM
  let grow = 1
  let best: [number, number][] = []
  for (let attempt = 0; attempt < 6; attempt++) {
    const [halfX, halfY] = [(widthM / 2) * grow, (heightM / 2) * grow]
    const ring = smooth(smooth(alongRidges(seed, frame, worth, halfX, halfY, widthM, heightM)))
    const area = areaOf(ring)
    if (best.length === 0 || Math.abs(area - wanted) < Math.abs(areaOf(best) - wanted)) best = ring
    grow *= Math.sqrt(wanted / area)
  }
  return best
}

function alongRidges(
  seed: number,
  frame: Frame,
  worth: Float32Array,
  halfX: number,
  halfY: number,
  widthM: number,
  heightM: number,
): [number, number][] {
  const place = new Float64Array(ANGLES * RADII * 2)
  const cost = new Float64Array(ANGLES * RADII)
  for (let a = 0; a < ANGLES; a++) {
    const angle = (a / ANGLES) * 2 * Math.PI
    const [c, s] = [Math.cos(angle), -Math.sin(angle)]
    const [p, q] = [(c * c) / (halfX * halfX), (s * s) / (halfY * halfY)]
    // |x/a|⁴ + |y/b|⁴ = 1, dented by noise.
    const base = (1 + 0.12 * noise(seed + 41, 2.2 * c + 9, 2.2 * s)) / Math.sqrt(Math.sqrt(p * p + q * q))
    for (let r = 0; r < RADII; r++) {
      const radius = base * (0.97 - BAND + (2 * BAND * r) / (RADII - 1))
      const x = Math.min(widthM / 2 + 1000, Math.max(-widthM / 2 - 1000, radius * c))
      const y = Math.min(heightM / 2 + 1000, Math.max(-heightM / 2 - 1000, radius * s))
      place[(a * RADII + r) * 2] = x
      place[(a * RADII + r) * 2 + 1] = y
      const cell = frameCell(frame, x, y)
      const off = (r / (RADII - 1)) * 2 - 1
      cost[a * RADII + r] = (cell < 0 ? 0 : -worth[cell]) + 70 * off * off
    }
  }
  const path = cheapestLoop(cost)
  return path.map((r, a) => [place[(a * RADII + r) * 2], place[(a * RADII + r) * 2 + 1]])
}

/** Dynamic programming round the circle, one radius per angle, ending where it began. */
function cheapestLoop(cost: Float64Array): number[] {
  let best = Infinity
  let path: number[] = []
  const from = new Int8Array(ANGLES * RADII)
  for (let start = 0; start < RADII; start += 4) {
    let line = new Float64Array(RADII).fill(Infinity)
    line[start] = cost[start]
    for (let a = 1; a <= ANGLES; a++) {
      const next = new Float64Array(RADII).fill(Infinity)
      for (let r = 0; r < RADII; r++) {
        for (let turn = -3; turn <= 3; turn++) {
          const before = r + turn
          if (before < 0 || before >= RADII) continue
          const sum = line[before] + 9 * turn * turn
          if (sum < next[r]) {
            next[r] = sum
            from[(a % ANGLES) * RADII + r] = turn
          }
        }
        next[r] += cost[(a % ANGLES) * RADII + r]
      }
      line = next
    }
    if (line[start] >= best) continue
    best = line[start]
    path = Array.from({ length: ANGLES }, () => 0)
    let r = start
    for (let a = ANGLES; a > 0; a--) {
      r += from[(a % ANGLES) * RADII + r]
      path[a - 1] = r
    }
  }
  return path
}

/** Chaikin's corner cutting. */
function smooth(ring: [number, number][]): [number, number][] {
  return ring.flatMap(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]
    return [
      [0.75 * x + 0.25 * nx, 0.75 * y + 0.25 * ny],
      [0.25 * x + 0.75 * nx, 0.25 * y + 0.75 * ny],
    ] as [number, number][]
  })
}

export function areaOf(ring: [number, number][]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [x, y] = ring[i]
    const [nx, ny] = ring[(i + 1) % ring.length]
    sum += x * ny - nx * y
  }
  return Math.abs(sum) / 2
}

/** 1 in the cells whose middle lies within the ring. */
export function within(frame: Frame, ring: [number, number][]): Uint8Array {
  const inside = new Uint8Array(frame.cols * frame.rows)
  for (let row = 0; row < frame.rows; row++) {
    const y = frame.north + (row + 0.5) * frame.cellM
    const cuts: number[] = []
    for (let i = 0; i < ring.length; i++) {
      const [x0, y0] = ring[i]
      const [x1, y1] = ring[(i + 1) % ring.length]
      if (y0 > y !== y1 > y) cuts.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
    }
    cuts.sort((a, b) => a - b)
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const first = Math.max(0, Math.ceil((cuts[k] - frame.west) / frame.cellM - 0.5))
      const last = Math.min(frame.cols - 1, Math.floor((cuts[k + 1] - frame.west) / frame.cellM - 0.5))
      for (let col = first; col <= last; col++) inside[row * frame.cols + col] = 1
    }
  }
  return inside
}
