import { LAKE, type Land } from '../county.ts'
import type { Work } from '../../work.ts'
import { RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import { exitsOf, gap } from './exits.ts'
import { profileAlong } from './fit.ts'
import { addPoint, type Line, type Mesh } from './mesh.ts'
import { builderOf, HELD, Moves } from './moves.ts'
import { Search, type Wish } from './search.ts'
import { cutSpurs } from './shortcuts.ts'

/** A motorway or a railway: its middle line in metres. */
export interface Trace {
  rank: Rank
  x: number[]
  y: number[]
}

/** Cells round a town that a motorway keeps away from. */
const CLEAR_CELLS = 5
const SPACING_M = 60
/** How often a line is smoothed; every second time it is shifted along the slope too, by so many metres at most. */
const ROUNDS = { motorway: 40, railway: 90 }
const SHIFT_M = 30
/** So many times more at last, so that a tunnel is entered in a bend and not in a corner. */
const LAST_ROUNDS = 8
/** From the middle line to a carriageway's. */
const HALF_M = 12

/**
 * A motorway and a railway from border to border, past the county town along the main valley: gentle bends and
 * grades, so that they need viaducts and tunnels where the valley does not fit. Marks the cells they take.
 */
export function* layTraces(draft: Draft, held: Uint8Array, city: number): Work<Trace[]> {
  const { land } = draft.ground
  const search = new Search(draft)
  const exits = exitsOf(draft, search, city, wishFor(draft, held, RANK.provincial))
  yield 0.4
  const [a] = exits
  const b = exits.find(exit => a && gap(exit.sector, a.sector) >= 3) ?? exits[1]
  const traces: Trace[] = []
  if (!a || !b) return traces
  for (const rank of [RANK.motorway, RANK.railway]) {
    const wide = widened(land, held)
    const from = freeExit(draft, wide, a.place)
    const to = freeExit(draft, wide, b.place)
    const legs =
      search.way(from, to, wishFor(draft, wide, rank), 0.8) ??
      search.way(from, to, wishFor(draft, held, rank), 0.8)
    yield rank === RANK.motorway ? 0.7 : 1
    if (!legs) continue
    const places = [from, ...legs.map(leg => leg.to)]
    const trace = shaped(draft, wide, rank, places)
    traces.push(trace)
    mark(draft, held, trace)
  }
  return traces
}

function wishFor(draft: Draft, held: Uint8Array, rank: Rank): Wish {
  const grand = rank === RANK.motorway || rank === RANK.railway
  const builder = grand
    ? builderOf(rank, { outside: 1, perExcessM: 60, slackM: 14, earthM: 9, houses: 40 })
    : builderOf(rank, { outside: 1 })
  const moves = new Moves(draft.ground.land, draft.lattice, held, builder)
  return {
    rank,
    moves,
    reuse: 1,
    widen: 1,
    limit: 1e9,
    bends: rank === RANK.railway ? 8 : grand ? 3 : 1,
    alone: grand,
  }
}

/** Towns with a strip round them, lakes with their shore; what is held otherwise is held. */
function widened({ water, grid }: Land, held: Uint8Array): Uint8Array {
  const { cols } = grid
  const across = held.map((bits, cell) => (onShore(water, cols, cell) ? bits | HELD.kept : bits))
  for (let cell = 0; cell < held.length; cell++) {
    if (!(held[cell] & HELD.town)) continue
    for (let d = 1; d <= CLEAR_CELLS; d++) {
      if (cell >= d) across[cell - d] |= HELD.town
      if (cell + d < held.length) across[cell + d] |= HELD.town
    }
  }
  const out = across.slice()
  for (let cell = 0; cell < held.length; cell++) {
    if (!(across[cell] & HELD.town)) continue
    for (let d = 1; d <= CLEAR_CELLS; d++) {
      if (cell >= d * cols) out[cell - d * cols] |= HELD.town
      if (cell + d * cols < held.length) out[cell + d * cols] |= HELD.town
    }
  }
  return out
}

const onShore = (water: Uint8Array, cols: number, cell: number): boolean =>
  [-2 * cols, -cols, -2, -1, 1, 2, cols, 2 * cols].some(step => water[cell + step] === LAKE)

/** The node at the edge nearest to an exit that nothing holds, five nodes from what was built before. */
function freeExit({ lattice, ground }: Draft, held: Uint8Array, exit: number): number {
  const { cols, rows, step } = lattice
  const row = Math.floor(exit / cols)
  const col = exit - row * cols
  const upright = col === 0 || col === cols - 1
  const { cols: width } = ground.land.grid
  const cellAt = (r: number, c: number): number => (r * step + (step >> 1)) * width + c * step + (step >> 1)
  const free = (r: number, c: number): boolean => {
    for (let d = -4; d <= 4; d++) {
      const [rr, cc] = upright ? [r + d, c] : [r, c + d]
      if (rr < 0 || cc < 0 || rr >= rows || cc >= cols || held[cellAt(rr, cc)] & HELD.line) return false
    }
    return held[cellAt(r, c)] === 0 && ground.land.water[cellAt(r, c)] === 0
  }
  for (let d = 0; d < 60; d++) {
    for (const sign of [1, -1]) {
      const [r, c] = upright ? [row + sign * d, col] : [row, col + sign * d]
      if (free(r, c)) return r * cols + c
    }
  }
  return exit
}

/** Evenly spaced, rounded, through spurs; no point is drawn into a lake or a town. */
function shaped(draft: Draft, held: Uint8Array, rank: Rank, places: number[]): Trace {
  const { ground } = draft
  let [x, y] = resampled(
    places.map(place => draft.x(place)),
    places.map(place => draft.y(place)),
  )
  const move = (i: number, px: number, py: number): void => {
    const cell = ground.cell(px, py)
    if (ground.byLake(px, py, 45) || held[cell] & (HELD.town | HELD.kept)) return
    if (held[cell] & HELD.village && !(held[ground.cell(x[i], y[i])] & HELD.village)) return
    x[i] = px
    y[i] = py
  }
  const smooth = (): void => {
    for (let i = 1; i < x.length - 1; i++) {
      move(i, (x[i - 1] + 2 * x[i] + x[i + 1]) / 4, (y[i - 1] + 2 * y[i] + y[i + 1]) / 4)
    }
  }
  const line: Line = { points: x.map((_, i) => i), rank, road: -1, named: -1, street: false }
  for (let round = 0; round < ROUNDS[rank === RANK.motorway ? 'motorway' : 'railway']; round++) {
    smooth()
    if (round % 2 > 0) continue
    // Towards where the ground has the height that the line should have: along the slope, not over it.
    const wanted = profileAlong(ground, { x, y }, line)
    for (let i = 1; i < x.length - 1; i++) {
      const lack = wanted[i] - ground.height(x[i], y[i])
      const gx = (ground.height(x[i] + 30, y[i]) - ground.height(x[i] - 30, y[i])) / 60
      const gy = (ground.height(x[i], y[i] + 30) - ground.height(x[i], y[i] - 30)) / 60
      const steep = Math.sqrt(gx * gx + gy * gy)
      if (steep < 0.03 || Math.abs(lack) < 2) continue
      const shift = Math.max(-SHIFT_M, Math.min(SHIFT_M, (0.5 * lack) / steep))
      move(i, x[i] + (shift * gx) / steep, y[i] + (shift * gy) / steep)
    }
  }
  const isFree = (px: number, py: number): boolean =>
    (held[ground.cell(px, py)] & ~HELD.line) === 0 && !ground.byLake(px, py, 45)
  ;({ x, y } = cutSpurs(ground, x, y, isFree))
  for (let round = 0; round < LAST_ROUNDS; round++) smooth()
  return { rank, x, y }
}

function resampled(xs: number[], ys: number[]): [x: number[], y: number[]] {
  const [x, y] = [[xs[0]], [ys[0]]]
  for (let i = 1; i < xs.length; i++) {
    const [dx, dy] = [xs[i] - xs[i - 1], ys[i] - ys[i - 1]]
    const n = Math.max(1, Math.round(Math.sqrt(dx * dx + dy * dy) / SPACING_M))
    for (let k = 1; k <= n; k++) {
      x.push(xs[i - 1] + (dx * k) / n)
      y.push(ys[i - 1] + (dy * k) / n)
    }
  }
  return [x, y]
}

function mark({ ground }: Draft, held: Uint8Array, { x, y }: Trace): void {
  for (let i = 1; i < x.length; i++) {
    for (let k = 0; k <= 6; k++) {
      const px = x[i - 1] + ((x[i] - x[i - 1]) * k) / 6
      const py = y[i - 1] + ((y[i] - y[i - 1]) * k) / 6
      for (const [dx, dy] of [
        [0, 0],
        [22, 0],
        [-22, 0],
        [0, 22],
        [0, -22],
      ]) {
        held[ground.cell(px + dx, py + dy)] |= HELD.line
      }
    }
  }
}

/** Lines of the mesh out of traces: a motorway has two carriageways, driven on the right. */
export function addTraces(mesh: Mesh, traces: readonly Trace[], road: (rank: Rank) => number): Line[] {
  return traces.flatMap(({ rank, x, y }) => {
    const offsets = rank === RANK.motorway ? [HALF_M, -HALF_M] : [0]
    return offsets.map(offset => {
      const points = x.map((px, i) => {
        const [a, b] = [Math.max(0, i - 1), Math.min(x.length - 1, i + 1)]
        const [dx, dy] = [x[b] - x[a], y[b] - y[a]]
        const length = Math.sqrt(dx * dx + dy * dy) || 1
        // y points south, so the right hand of (dx, dy) is (−dy, dx).
        return addPoint(mesh, px - (dy / length) * offset, y[i] + (dx / length) * offset)
      })
      if (offset < 0) points.reverse()
      const line: Line = {
        points,
        rank,
        road: road(rank),
        named: -1,
        street: false,
        oneway: offsets.length > 1,
      }
      mesh.lines.push(line)
      return line
    })
  })
}
