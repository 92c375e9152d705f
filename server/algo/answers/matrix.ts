import type { MatrixAnswer, MatrixRequest } from '../../contract/api.ts'
import { Refusal } from '../../contract/errors.ts'
import type { County } from '../county.ts'
import type { Question } from '../questions.ts'
import { INF } from '../roads/graph.ts'
import { mustBeOnRoad, roundM, type OnRoad } from '../search/points.ts'
import { arrive, leave } from '../search/snap.ts'
import { RoadTimes } from '../search/times.ts'
import type { Weights } from '../search/weights.ts'

/** Road times from every `from` to every `to`: one search for each point of the shorter side. */
export function matrix(county: County, q: Question<MatrixRequest>): MatrixAnswer {
  if (q.delaysMs && q.delaysMs.length !== q.from.length)
    throw delaysMismatch(q.delaysMs.length, q.from.length)
  const weights = county.rooms.get(q.room).weights(q.profile)
  const place = (side: 'from' | 'to'): OnRoad[] =>
    q[side].map((at, i) => mustBeOnRoad(county.graph, weights, county.settings, at, `${side}[${i}]`))
  const from = place('from')
  const to = place('to')
  const times = tableOf(county, weights, from, to, INF - 1)
  return {
    durationsMs: times.map((row, i) =>
      Array.from(row, ms => (ms === INF ? null : ms + (q.delaysMs?.[i] ?? 0))),
    ),
    accessMs: { from: from.map(p => p.accessMs), to: to.map(p => p.accessMs) },
    snappedM: { from: from.map(p => roundM(p.snap.distanceM)), to: to.map(p => roundM(p.snap.distanceM)) },
  }
}

/** `table[i][j]` = road milliseconds from i to j, INF where there is no way within `limitMs`. */
export function tableOf(
  county: County,
  weights: Weights,
  from: OnRoad[],
  to: OnRoad[],
  limitMs: number,
): Int32Array[] {
  const { graph, search } = county
  const table = from.map(() => new Int32Array(to.length).fill(INF))
  const backward = to.length < from.length
  const [many, few] = backward ? [from, to] : [to, from]
  // Every node that the far ends can be read from; the search may stop once all are settled.
  const ends = (backward ? leave : arrive).bind(null, graph, weights)
  const targets = Uint32Array.from(new Set(many.flatMap(p => ends(p.snap).map(seed => seed.node))))
  few.forEach((start, k) => {
    const seeds = (backward ? arrive : leave)(graph, weights, start.snap)
    search.run(weights, backward, seeds, limitMs, targets)
    const times = new RoadTimes(graph, weights, search.dist, backward, [{ snap: start.snap, delayMs: 0 }])
    many.forEach((end, m) => {
      const ms = times.at(end.snap)
      if (ms > limitMs) return
      if (backward) table[m]![k] = ms
      else table[k]![m] = ms
    })
  })
  return table
}

function delaysMismatch(delays: number, from: number): Refusal {
  return new Refusal(
    'delays_mismatch',
    400,
    {
      zh: `delaysMs 有 ${delays} 个，from 有 ${from} 个`,
      en: `delaysMs has ${delays} entries, from has ${from}`,
    },
    { zh: '每个起点给一个出动时间，或都不给', en: 'give one delay for every from, or none at all' },
    'delaysMs',
  )
}
