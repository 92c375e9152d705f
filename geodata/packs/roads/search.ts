import { Heap } from '../heap.ts'
import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import { STEPS, type Moves } from './moves.ts'

/** One step of a way found: along an edge that is there, or over open ground (-1). */
export interface Leg {
  from: number
  to: number
  edge: number
}

export interface Wish {
  rank: Rank
  moves: Moves
  /** What a metre on a road that is there counts for: of the rank or better, or one to be widened. */
  reuse: number
  widen: number
  /** Give up beyond this cost. */
  limit: number
  /** What bends count for beside their usual; a motorway has wide ones. */
  bends?: number
  /** Over open ground alone, along no road or street. */
  alone?: boolean
}

export interface Goal {
  /** What is left to pay at a place where the search may end; Infinity elsewhere. */
  rest(place: number): number
  /** Look towards this place first, a straight metre counting for so much; 0 looks everywhere alike. */
  toward: number
  pull: number
}

/**
 * The cheapest way over open ground and along roads that are there (A*; bends cost too, by the step before, as
 * in Galin et al. 2010, "Procedural Generation of Roads").
 */
export class Search {
  private cost = new Float64Array(0)
  private before = new Int32Array(0)
  private beforeEdge = new Int32Array(0)
  private seen = new Int32Array(0)
  private closed = new Int32Array(0)
  private placeX = new Float32Array(0)
  private placeY = new Float32Array(0)
  private run = 0
  private readonly heap = new Heap()
  private readonly stepX: number[]
  private readonly stepY: number[]
  private targetX = 0
  private targetY = 0
  private pull = 0

  constructor(private readonly draft: Draft) {
    const { widthM, heightM } = draft.lattice
    this.stepX = STEPS.map(([dc]) => dc * widthM)
    this.stepY = STEPS.map(([, dr]) => dr * heightM)
  }

  /** @returns the legs from the source to where it is cheapest to end, or null */
  find(source: number, goal: Goal, wish: Wish): Leg[] | null {
    const end = this.spread(source, goal, wish)
    return end < 0 ? null : this.legsTo(end)
  }

  /** Straight to one place. */
  way(source: number, target: number, wish: Wish, pull = 0.6): Leg[] | null {
    const rest = (place: number): number => (place === target ? 0 : Infinity)
    return this.find(source, { rest, toward: target, pull }, wish)
  }

  /** After `find`: what it cost to reach a place, Infinity where it did not come. */
  costTo(place: number): number {
    return this.seen[place] === this.run ? this.cost[place] : Infinity
  }

  private legsTo(place: number): Leg[] {
    const legs: Leg[] = []
    for (let at = place; this.before[at] >= 0; at = this.before[at]) {
      legs.push({ from: this.before[at], to: at, edge: this.beforeEdge[at] })
    }
    return legs.reverse()
  }

  private spread(source: number, goal: Goal, wish: Wish): number {
    this.reset(goal)
    const { heap, closed, draft } = this
    let [best, end] = [wish.limit, -1]
    this.reach(source, 0, -1, -1)
    while (heap.size > 0 && heap.leastKey() < best) {
      const place = heap.pop()
      if (closed[place] === this.run) continue
      closed[place] = this.run
      const sum = this.cost[place]
      const rest = goal.rest(place)
      if (rest < Infinity) {
        if (sum + rest < best) [best, end] = [sum + rest, place]
        // What is left is known from here on: no need to look along the roads.
        continue
      }
      if (!wish.alone) {
        this.alongEdges(place, sum, wish)
        this.alongLinks(place, sum, wish)
      }
      if (place < draft.latticeCount) this.overGround(place, sum, wish)
    }
    return end
  }

  private alongEdges(place: number, sum: number, { rank, reuse, widen }: Wish): void {
    const { draft } = this
    for (const id of draft.at(place)) {
      const edge = draft.edges[id]
      if (edge.rank === RANK.motorway || edge.rank === RANK.railway) continue
      const fits = edge.rank <= rank
      if (!fits && edge.grade > CLASS_RULES[rank].grade + 0.01) continue
      // A lane is no way through a town while there is a wider street.
      const lane = edge.street && edge.rank >= RANK.street && rank < RANK.village ? 0.5 : 0
      const next = edge.a === place ? edge.b : edge.a
      this.reach(next, sum + edge.lengthM * ((fits ? reuse : widen) + lane), place, id)
    }
  }

  private alongLinks(place: number, sum: number, wish: Wish): void {
    const { draft } = this
    for (const next of draft.links(place)) {
      const length = draft.apartM(place, next)
      const rise = Math.abs(draft.heightM(place) - draft.heightM(next))
      const excess = Math.max(0, rise - length * CLASS_RULES[wish.rank].grade)
      if (excess < 2.5) this.reach(next, sum + length * 1.5 + 40 * excess, place, -1)
    }
  }

  private overGround(place: number, sum: number, { moves, bends = 1 }: Wish): void {
    const { before, closed, seen, cost, run, placeX, placeY } = this
    const { cols, rows } = this.draft.lattice
    const row = Math.floor(place / cols)
    const col = place - row * cols
    const back = before[place]
    const bx = back < 0 ? 0 : placeX[place] - placeX[back]
    const by = back < 0 ? 0 : placeY[place] - placeY[back]
    const norm = Math.sqrt(bx * bx + by * by)
    for (let half = 0; half < STEPS.length * 2; half++) {
      const step = half >> 1
      const sign = half & 1 ? -1 : 1
      const c = col + sign * STEP_COLS[step]
      const r = row + sign * STEP_ROWS[step]
      if (c < 0 || r < 0 || c >= cols || r >= rows) continue
      const next = r * cols + c
      if (closed[next] === run) continue
      let total = sum + moves.cost(sign > 0 ? place : next, step)
      if (total === Infinity || (seen[next] === run && cost[next] <= total)) continue
      if (norm > 0) {
        const dot = (bx * this.stepX[step] + by * this.stepY[step]) * sign
        total += bends * bendCost(dot / (norm * moves.lengths[step]))
      }
      this.reach(next, total, place, -1)
    }
  }

  private reach(place: number, sum: number, from: number, edge: number): void {
    if (this.seen[place] === this.run && this.cost[place] <= sum) return
    this.seen[place] = this.run
    this.cost[place] = sum
    this.before[place] = from
    this.beforeEdge[place] = edge
    let key = sum
    if (this.pull > 0) {
      const dx = this.placeX[place] - this.targetX
      const dy = this.placeY[place] - this.targetY
      key += this.pull * Math.sqrt(dx * dx + dy * dy)
    }
    this.heap.push(key, place)
  }

  private reset({ toward, pull }: Goal): void {
    const count = this.draft.placeCount
    if (this.cost.length < count) {
      this.cost = new Float64Array(count)
      this.before = new Int32Array(count)
      this.beforeEdge = new Int32Array(count)
      this.seen = new Int32Array(count)
      this.closed = new Int32Array(count)
      this.placeX = Float32Array.from({ length: count }, (_, place) => this.draft.x(place))
      this.placeY = Float32Array.from({ length: count }, (_, place) => this.draft.y(place))
      this.run = 0
    }
    this.run++
    this.heap.clear()
    this.pull = pull
    if (pull > 0) [this.targetX, this.targetY] = [this.draft.x(toward), this.draft.y(toward)]
  }
}

const STEP_COLS = Int8Array.from(STEPS, ([dc]) => dc)
const STEP_ROWS = Int8Array.from(STEPS, ([, dr]) => dr)

/** Metres that a bend counts for, by the cosine of its angle: 23°, 45°, 73°, 100°, hairpin. */
function bendCost(cosine: number): number {
  if (cosine > 0.92) return 0
  if (cosine > 0.7) return 20
  if (cosine > 0.3) return 60
  return cosine > -0.2 ? 130 : cosine > -0.9 ? 280 : 700
}
