import type { Hamlet, Land, Village } from '../county.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'
import type { Random } from '../random.ts'
import type { Names } from './names.ts'
import { cellsApartM } from './scatter.ts'
import { buildable, type Sites } from './sites.ts'

/** A hamlet lies this far from its village, in metres. */
const NEAR_M = 800
const FAR_M = 3800

/** Hamlets up the side valleys, where a village would not do: poorer ground, away from everything. */
export function hamletsOf(
  land: Land,
  lattice: Lattice,
  sites: Sites,
  villages: readonly Village[],
  wanted: number,
  names: Names,
  random: Random,
): Hamlet[] {
  const candidates: { cell: number; node: number; key: number }[] = []
  for (let node = 0; node < sites.good.length; node++) {
    const u = random.next()
    if (sites.good[node] < 0.004 || sites.slopeDeg[node] > 11) continue
    const cell = cellOfNode(lattice, land.grid, node)
    if (!buildable(land, cell) || land.floodPlain[cell]) continue
    candidates.push({ cell, node, key: -Math.log(u + 1e-12) })
  }
  candidates.sort((a, b) => a.key - b.key || a.node - b.node)
  const rural = villages.filter(village => village.kind === 'village')
  const hamlets: Hamlet[] = []
  for (const { cell } of candidates) {
    if (hamlets.length === wanted) break
    const apart = (other: number): number => cellsApartM(land, lattice, cell, other)
    const home = nearest(rural, apart)
    if (!home || home.metres < NEAR_M || home.metres > FAR_M) continue
    if (villages.some(village => apart(village.cell) < NEAR_M)) continue
    if (hamlets.some(hamlet => apart(hamlet.cell) < 650)) continue
    const people = Math.round(18 + 70 * random.next() * random.next() + 25 * random.next())
    if (people > home.village.people / 5) continue
    hamlets.push({
      name: names.next('hamlet'),
      village: home.village.id,
      cell,
      people,
      houses: housesRound(land, cell, Math.max(3, Math.round(people / 6))),
    })
  }
  return hamlets
}

function nearest(
  villages: readonly Village[],
  apart: (cell: number) => number,
): { village: Village; metres: number } | null {
  let best: { village: Village; metres: number } | null = null
  for (const village of villages) {
    const metres = apart(village.cell)
    if (!best || metres < best.metres) best = { village, metres }
  }
  return best
}

/** Loosely round a cell, every second cell at most. */
function housesRound(land: Land, from: number, wanted: number): Int32Array {
  const { cols } = land.grid
  const out: number[] = []
  for (let ring = 0; out.length < wanted && ring <= 5; ring++) {
    for (let dr = -ring; dr <= ring; dr++) {
      for (let dc = -ring; dc <= ring; dc++) {
        const edge = Math.abs(dr) === ring || Math.abs(dc) === ring
        const cell = from + dr * cols + dc
        if (out.length === wanted || !edge || (dr + dc) % 2 !== 0 || !buildable(land, cell)) continue
        out.push(cell)
      }
    }
  }
  return Int32Array.from(out)
}
