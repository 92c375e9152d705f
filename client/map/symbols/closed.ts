import { ROAD_CLASSES } from '../../../server/contract/settings.ts'
import type { ClosedRoads } from '../../engine/protocol.ts'
import { collect, point } from './collect.ts'
import { marksAsPoints, project, spacedMarks, type Mark } from './spaced.ts'

const EVERY_PX = 24
const APART_PX = 20

type Stretch = ClosedRoads['features'][number]
const classRank = (f: Stretch) => (ROAD_CLASSES as readonly string[]).indexOf(f.properties.class)

/** Leaves out marks that would stand on one another: a town's closed streets are a few crosses, not a blot. */
function thinned(marks: readonly Mark[], zoom: number): Mark[] {
  const kept: { mark: Mark; xy: [number, number] }[] = []
  for (const mark of marks) {
    const xy = project(mark.at, zoom)
    if (kept.every(k => Math.hypot(k.xy[0] - xy[0], k.xy[1] - xy[1]) >= APART_PX)) kept.push({ mark, xy })
  }
  return kept.map(k => k.mark)
}

/** ××× along what is closed, main roads first, and once per closure the name of its greatest road. */
export function closedSymbols(closed: ClosedRoads, zoom: number, cutWord: string) {
  const sorted = [...closed.features].sort((a, b) => classRank(a) - classRank(b))
  const crosses = sorted.flatMap(f => spacedMarks(f.geometry.coordinates, zoom, EVERY_PX))
  const named = new Map<string, Stretch>()
  for (const f of sorted) {
    const { closure, ref, name } = f.properties
    if ((ref || name) && !named.has(closure)) named.set(closure, f)
  }
  const labels = [...named.values()].map(({ geometry, properties: { ref, name } }) => {
    const middle = geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!
    return point(middle, { label: `${ref || name} ${cutWord}` })
  })
  return collect([...marksAsPoints(thinned(crosses, zoom)), ...labels])
}
