import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { contourLines } from './contours.ts'
import type { HeightTile } from './decode.ts'

const EXTENT = 4096
/** Heights round the tile that its lines need, so that they meet those of the next one. */
export const RIM = 2
/** At the deepest terrain every 25 m; half as many lines each zoom above it. */
const FINEST_M = 25
/** Fewer crossings than this round a knoll are only noise. */
const LEAST_CORNERS = 7

export const everyM = (z: number, deepest: number): number => FINEST_M * 2 ** Math.max(0, deepest - z)

/** A tile with `RIM` samples of its neighbours on every side; where one is missing its own edge is repeated. */
export function withRim(
  tiles: readonly (HeightTile | null)[],
): { side: number; heightM: Float32Array } | null {
  const middle = tiles[4]
  if (!middle) return null
  const { size } = middle
  const side = size + 2 * RIM
  const heightM = new Float32Array(side * side)
  const split = (v: number): [number, number] => (v < 0 ? [0, v + size] : v < size ? [1, v] : [2, v - size])
  const clamp = (v: number) => Math.max(0, Math.min(size - 1, v))
  for (let y = 0; y < side; y++) {
    const [down, row] = split(y - RIM)
    for (let x = 0; x < side; x++) {
      const [right, col] = split(x - RIM)
      const tile = tiles[down * 3 + right]
      heightM[y * side + x] = tile
        ? tile.heightM[row * size + col]!
        : middle.heightM[clamp(y - RIM) * size + clamp(x - RIM)]!
    }
  }
  return { side, heightM }
}

/** Each sample with its neighbours, 1-2-1 both ways: a line follows the land, not single samples. */
export function smoothed(heightM: Float32Array, side: number): Float32Array {
  const pass = (from: Float32Array, step: number): Float32Array => {
    const to = from.slice()
    for (let i = step; i + step < from.length; i++)
      to[i] = (from[i - step]! + 2 * from[i]! + from[i + step]!) / 4
    return to
  }
  return pass(pass(heightM, 1), side)
}

/** The Mapbox vector tile with the layer `contours`: `heightM` and `every`, the roundest step it is a multiple of. */
export function contourTile(tiles: readonly (HeightTile | null)[], intervalM: number): Uint8Array | null {
  const ground = withRim(tiles)
  if (!ground) return null
  const { side } = ground
  const scale = EXTENT / (side - 2 * RIM)
  const features = contourLines(smoothed(ground.heightM, side), side, side, intervalM).flatMap(line => {
    if (line.xy.length < 2 * LEAST_CORNERS) return []
    const points: [number, number][] = []
    // Samples stand in the middle of their pixel.
    for (let i = 0; i < line.xy.length; i += 2)
      points.push([
        Math.round((line.xy[i]! - RIM + 0.5) * scale),
        Math.round((line.xy[i + 1]! - RIM + 0.5) * scale),
      ])
    const every = [500, 100, 50].find(m => line.heightM % m === 0) ?? 25
    return [{ type: 2, geometry: [points], tags: { heightM: line.heightM, every } }]
  })
  return fromGeojsonVt({ contours: { features } as never }, { version: 2, extent: EXTENT })
}
