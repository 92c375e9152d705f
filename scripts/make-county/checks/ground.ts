import { M_PER_DEG, ringHolds } from '../../../server/contract/geo.ts'
import { sampleGrid } from '../../../geodata/formats/elevation.ts'
import { areasOf } from '../../../geodata/osm/areas.ts'
import { nodeAt } from '../../../geodata/osm/node-table.ts'
import { Heap } from '../../../geodata/packs/heap.ts'
import type { ReadPack } from './pack.ts'

/** A hollow larger than this that is no lake would hold water that nobody drew. */
const MOST_HA = 2
/** A river's line may lie this far beside the lowest cells of its bed. */
const BESIDE_M = 1.5

/** Water finds its way: hollows and rising rivers, in words. */
export function groundFaults(pack: ReadPack): string[] {
  return [...hollows(pack), ...risingRivers(pack)]
}

/**
 * Fills the terrain from its border (Barnes 2014, with a plain heap) and measures what had to be filled, 8
 * neighbours; the part of a hollow on a lake does not count.
 */
function hollows({ terrain, osm }: ReadPack): string[] {
  const { width, height, data } = terrain
  const filled = new Float64Array(width * height).fill(Infinity)
  const heap = new Heap()
  const raise = (cell: number, level: number): void => {
    if (filled[cell]! !== Infinity) return
    filled[cell] = Math.max(level, data[cell]!)
    heap.push(filled[cell]!, cell)
  }
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) raise(y * width + x, -Infinity)
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) raise(y * width + x, -Infinity)
  for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
    for (const next of neighbours(cell, width, height)) raise(next, filled[cell]!)
  }
  const lake = lakeCells({ terrain, osm })
  const cellHa =
    (terrain.dLat * M_PER_DEG * terrain.dLon * M_PER_DEG * Math.cos((terrain.north * Math.PI) / 180)) / 1e4
  const seen = new Uint8Array(width * height)
  const faults: string[] = []
  for (let start = 0; start < filled.length; start++) {
    if (seen[start] || filled[start]! - data[start]! < 0.05) continue
    let cells = 0
    const stack = [start]
    seen[start] = 1
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      if (!lake[cell]) cells++
      for (const next of neighbours(cell, width, height)) {
        if (seen[next] || filled[next]! - data[next]! < 0.05) continue
        seen[next] = 1
        stack.push(next)
      }
    }
    if (cells * cellHa > MOST_HA) {
      faults.push(
        `hollow of ${(cells * cellHa).toFixed(1)} ha at column ${start % width}, row ${Math.floor(start / width)}`,
      )
    }
  }
  return faults
}

function lakeCells({ terrain, osm }: Pick<ReadPack, 'terrain' | 'osm'>): Uint8Array {
  const { west, north, dLon, dLat, width, height } = terrain
  const lake = new Uint8Array(width * height)
  for (const { polygons } of areasOf(osm, tags => tags.natural === 'water').areas) {
    for (const [ring] of polygons) {
      const shore = ring!.map(([lon, lat]) => [(lon - west) / dLon, (north - lat) / dLat])
      const xs = shore.map(([x]) => x!)
      const ys = shore.map(([, y]) => y!)
      for (
        let y = Math.max(0, Math.floor(Math.min(...ys)) - 1);
        y <= Math.min(height - 1, Math.max(...ys) + 1);
        y++
      ) {
        for (
          let x = Math.max(0, Math.floor(Math.min(...xs)) - 1);
          x <= Math.min(width - 1, Math.max(...xs) + 1);
          x++
        ) {
          // A shore runs through its cells: half a cell round counts as lake.
          for (const [sx, sy] of [
            [0, 0],
            [0.5, 0],
            [-0.5, 0],
            [0, 0.5],
            [0, -0.5],
          ]) {
            if (ringHolds(shore, x + sx!, y + sy!)) lake[y * width + x] = 1
          }
        }
      }
    }
  }
  return lake
}

/** Along every river and stream, in the way's direction, the lowest ground of the bed never rises. */
function risingRivers({ terrain, osm }: ReadPack): string[] {
  const faults: string[] = []
  for (const { id, refs, tags } of osm.ways.values()) {
    if (tags.waterway !== 'river' && tags.waterway !== 'stream') continue
    let lowest = Infinity
    for (const ref of refs) {
      const at = nodeAt(osm.nodes, ref)
      if (!at || onEdge(terrain, at)) continue
      const z = bedM(terrain, at[0], at[1])
      if (z > lowest + BESIDE_M) {
        faults.push(
          `${tags.waterway} ${tags.name ?? id} rises by ${(z - lowest).toFixed(1)} m at ${at[0].toFixed(5)}, ${at[1].toFixed(5)}`,
        )
        break
      }
      lowest = Math.min(lowest, z)
    }
  }
  return faults
}

/** Within two cells of the raster's edge, where a bed has no far bank. */
function onEdge(
  { west, north, dLon, dLat, width, height }: ReadPack['terrain'],
  [lon, lat]: [number, number],
): boolean {
  const x = (lon - west) / dLon
  const y = (north - lat) / dLat
  return x < 2 || y < 2 || x > width - 3 || y > height - 3
}

/** The lowest of the ground within a cell of the place. */
function bedM(terrain: ReadPack['terrain'], lon: number, lat: number): number {
  let z = Infinity
  for (const y of [-1, 0, 1]) {
    for (const x of [-1, 0, 1]) {
      const sample = sampleGrid(terrain, lon + x * terrain.dLon, lat + y * terrain.dLat)
      if (sample < z) z = sample
    }
  }
  return z
}

function neighbours(cell: number, width: number, height: number): number[] {
  const x = cell % width
  const y = Math.floor(cell / width)
  const found: number[] = []
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if ((dx || dy) && x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height)
        found.push(cell + dy * width + dx)
    }
  }
  return found
}
