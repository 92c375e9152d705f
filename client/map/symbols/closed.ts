import type { ClosedRoads } from '../../engine/protocol.ts'
import { collect, point } from './collect.ts'
import { marksAsPoints, spacedMarks } from './spaced.ts'

const EVERY_PX = 24

/** ××× along every closed stretch, and once per closure the road's name: `G342 断`. */
export function closedSymbols(closed: ClosedRoads, zoom: number, cutWord: string) {
  const named = new Set<string>()
  return collect(
    closed.features.flatMap(({ geometry, properties }) => {
      const marks = spacedMarks(geometry.coordinates, zoom, EVERY_PX)
      const road = properties.ref || properties.name
      const key = `${properties.closure} ${road}`
      const middle = marks[Math.floor(marks.length / 2)]
      const points = marksAsPoints(marks)
      if (!road || !middle || named.has(key)) return points
      named.add(key)
      return [...points, point(middle.at, { label: `${road} ${cutWord}` })]
    }),
  )
}
