import { Refusal, type Text } from '../../../server/contract/errors.ts'
import type { Random } from '../random.ts'
import { apartM, type Ground } from './ground.ts'

/** So many candidates are enough for any rule; ordering all cells of a large county would take seconds. */
const MOST = 30_000

/**
 * Cells of the county that a rule allows, in an order of chance by weight (an exponential draw each): whoever
 * takes the first `n` has drawn `n` without putting back. 30,000 at most.
 * @param weight 0 or less = not allowed
 */
export function drawn(ground: Ground, random: Random, weight: (cell: number) => number): number[] {
  const { inside } = ground.land
  const within: number[] = []
  for (let cell = 0; cell < inside.length; cell++) if (inside[cell]) within.push(cell)
  return drawnFrom(within, random, weight)
}

/** The same out of given cells. */
export function drawnFrom(
  from: readonly number[],
  random: Random,
  weight: (cell: number) => number,
): number[] {
  const cells: number[] = []
  const keys: number[] = []
  for (const cell of from) {
    const w = weight(cell)
    if (w <= 0) continue
    cells.push(cell)
    keys.push(-Math.log(1 - random.next()) / w)
  }
  const last = keys.length > MOST ? Float64Array.from(keys).sort()[MOST - 1] : Infinity
  const order: number[] = []
  for (let i = 0; i < keys.length; i++) if (keys[i] <= last) order.push(i)
  return order.sort((a, b) => keys[a] - keys[b] || a - b).map(i => cells[i])
}

/** The first `wanted` of a list that lie `apart` metres from one another and from `others`. */
export function spaced(
  ground: Ground,
  cells: readonly number[],
  wanted: number,
  apart: number,
  others: readonly number[] = [],
): number[] {
  const out: number[] = []
  for (const cell of cells) {
    if (out.length === wanted) break
    if (others.some(o => apartM(ground, o, cell) < apart)) continue
    if (out.every(o => apartM(ground, o, cell) >= apart)) out.push(cell)
  }
  return out
}

/** The same with less distance, step by step, until there are enough; asks at `least` metres at the end. */
export function spacedAtLeast(
  ground: Ground,
  cells: readonly number[],
  wanted: number,
  apart: number,
  least: number,
  what: Text,
): number[] {
  for (let metres = apart; ; metres *= 0.7) {
    const found = spaced(ground, cells, wanted, Math.max(metres, least))
    if (found.length === wanted) return found
    if (metres <= least) throw tooFew(what)
  }
}

/** Of all allowed cells the one that a rule likes best (least cost), or -1. Infinity = not allowed. */
export function best(cells: Iterable<number>, cost: (cell: number) => number): number {
  let [found, least] = [-1, Infinity]
  for (const cell of cells) {
    const c = cost(cell)
    if (c < least) [found, least] = [cell, c]
  }
  return found
}

/** What a county says that is too small, too flat or too steep for its registers. */
export function tooFew(what: Text): Refusal {
  return new Refusal(
    'no_room',
    422,
    { zh: `这样的县里放不下：${what.zh}`, en: `a county like this has no room for ${what.en}` },
    { zh: '请把县做大一些，或换一个种子。', en: 'Make the county larger, or take another seed.' },
  )
}
