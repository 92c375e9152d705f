import type { Land, People } from '../county.ts'
import { latticeOf } from '../lattice.ts'
import { COVER, landCover } from './land-cover.ts'
import { patchesOf, rounded, type Patch, type Ring } from './outline.ts'

/** A patch of ground with its tags; rings in cells of the land. */
export interface Area {
  outer: Ring
  holes: Ring[]
  tags: Record<string, string>
}

const COVER_TAGS: [kind: number, tags: Record<string, string>][] = [
  [COVER.farm, { landuse: 'farmland' }],
  [COVER.forest, { natural: 'wood' }],
  [COVER.scrub, { natural: 'scrub' }],
  [COVER.grass, { natural: 'grassland' }],
  [COVER.rock, { natural: 'bare_rock' }],
]

/** Fields, woods, grass, rock; where people live; reservoirs. */
export function areasOf(seed: number, land: Land, people: People): Area[] {
  const lattice = latticeOf(land.grid)
  const cover = landCover(seed, land, people, lattice)
  const areas: Area[] = []
  for (const [kind, tags] of COVER_TAGS) {
    const mask = cover.map(value => (value === kind ? 1 : 0))
    for (const patch of patchesOf(mask, lattice.cols, lattice.rows, 8)) {
      areas.push(areaOf(patch, tags, lattice.step, 0.22))
    }
  }
  const { cols, rows } = land.grid
  for (const patch of patchesOf(builtUp(land, people), cols, rows, 6)) {
    areas.push(areaOf(patch, { landuse: 'residential' }, 1, 0.15))
  }
  for (const { name, cells } of land.reservoirs) {
    const mask = new Uint8Array(cols * rows)
    for (const cell of cells) mask[cell] = 1
    const tags = { natural: 'water', water: 'reservoir', name: name.zh, 'name:en': name.en }
    for (const patch of patchesOf(mask, cols, rows, 4)) areas.push(areaOf(patch, tags, 1, 0.1))
  }
  return areas
}

function areaOf(
  { outer, holes }: Patch,
  tags: Record<string, string>,
  step: number,
  tolerance: number,
): Area {
  const scaled = (ring: Ring): Ring =>
    rounded(ring, tolerance).map(([x, y]): [number, number] => [x * step, y * step])
  return { outer: scaled(outer), holes: holes.map(scaled), tags }
}

/** Houses and what lies between them: gaps of one cell are closed. */
function builtUp({ grid, water }: Land, { villages, hamlets }: People): Uint8Array {
  const mask = new Uint8Array(grid.cols * grid.rows)
  for (const { houses } of [...villages, ...hamlets]) {
    for (const cell of houses) {
      for (const near of [cell, cell - 1, cell + 1, cell - grid.cols, cell + grid.cols]) {
        if (near >= 0 && near < mask.length && water[near] === 0) mask[near] = 1
      }
    }
  }
  return mask
}
