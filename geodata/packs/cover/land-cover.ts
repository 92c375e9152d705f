import { DRY, type Land, type People } from '../county.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'
import { fbm } from '../noise.ts'
import { hash } from '../random.ts'

/** What grows on a node of the lattice. */
export const COVER = { bare: 0, farm: 1, forest: 2, scrub: 3, grass: 4, rock: 5, built: 6 } as const

/**
 * Fields on level ground below, woods on slopes that face away from the sun, grass above the trees, rock where
 * it is steep and high. Only for the look of the map.
 */
export function landCover(seed: number, land: Land, people: People, lattice: Lattice): Uint8Array {
  const { cols, rows } = lattice
  const cover = new Uint8Array(cols * rows)
  const built = new Uint8Array(land.water.length)
  for (const { houses } of people.villages) for (const cell of houses) built[cell] = 1
  const [low, high] = range(land)
  const woods = hash(seed, 71)
  const clearings = hash(seed, 72)
  for (let node = 0; node < cover.length; node++) {
    const cell = cellOfNode(lattice, land.grid, node)
    if (land.water[cell] !== DRY) continue
    const [x, y] = [node % cols, Math.floor(node / cols)]
    cover[node] = built[cell] ? COVER.built : grows(land, cell, x, y)
  }
  return majority(cover, cols, rows)

  function grows(ground: Land, cell: number, x: number, y: number): number {
    const up = (ground.heightM[cell] - low) / (high - low)
    const slope = ground.slopeDeg[cell]
    const patchy = fbm(woods, x / 9, y / 9, 3)
    const wide = fbm(clearings, x / 34, y / 34, 3)
    if (slope < 7 && up < 0.35 && ground.aboveWaterM[cell] > 0.8) {
      return patchy + 0.6 * wide > 0.34 ? COVER.grass : COVER.farm
    }
    if (slope < 11 && up < 0.5 && patchy > 0.05) return COVER.farm
    const { cols: width } = ground.grid
    const shade = (ground.heightM[cell + width] ?? 0) - (ground.heightM[cell - width] ?? 0)
    const moist =
      0.35 * patchy + 0.9 * wide + 0.012 * Math.max(-30, Math.min(30, shade)) - 0.9 * Math.abs(up - 0.45)
    if (up > 0.86) return slope > 30 ? COVER.rock : COVER.grass
    if (slope > 38) return COVER.rock
    if (moist > -0.1 && up < 0.84) return COVER.forest
    return moist > -0.3 ? COVER.scrub : up > 0.6 ? COVER.grass : COVER.bare
  }
}

function range({ heightM }: Land): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (const height of heightM) {
    if (height < low) low = height
    if (height > high) high = height
  }
  return [low, Math.max(low + 1, high)]
}

/** Each node takes what most of its eight neighbours have, where five agree: no specks. */
function majority(cover: Uint8Array, cols: number, rows: number): Uint8Array {
  const out = cover.slice()
  const counts = new Uint8Array(8)
  for (let row = 1; row < rows - 1; row++) {
    for (let col = 1; col < cols - 1; col++) {
      const at = row * cols + col
      if (cover[at] === COVER.built) continue
      counts.fill(0)
      for (const step of [-cols - 1, -cols, -cols + 1, -1, 1, cols - 1, cols, cols + 1])
        counts[cover[at + step]]++
      for (let kind = 0; kind < COVER.built; kind++) if (counts[kind] >= 5) out[at] = kind
    }
  }
  return out
}
