import type { Engine, EngineInput } from '../../server/algo/engine.ts'
import type { OutsidePlace } from '../../server/contract/api.ts'
import type { Calls, PointAnswer, RoomClosure } from './protocol.ts'

/** The closure-free twin of the room: what the answer was before anything was shut. */
const OPEN_ROADS = 'open-roads'

/** The worker's calls over an engine; pure but for the engine it holds. */
export function createService(
  createEngine: (input: EngineInput) => Engine,
  now = () => performance.now(),
): Calls {
  let loaded: { engine: Engine; room: string } | null = null
  let shut = 0
  const held = () => {
    if (!loaded) throw new Error('engine used before load')
    return loaded
  }
  const before = (compute: (room: string) => OutsidePlace[]) => (shut > 0 ? compute(OPEN_ROADS) : null)

  return {
    load({ room, ...input }) {
      const engine = createEngine(input)
      loaded = { engine, room }
      shut = 0
      return { nodes: engine.nodes, arcs: engine.arcs }
    },
    setClosures(closures: RoomClosure[]) {
      const { engine, room } = held()
      engine.setClosures(room, closures)
      shut = closures.length
      return engine.closedRoads(room)
    },
    setReckoned(reckoned) {
      const { engine, room } = held()
      for (const id of [room, OPEN_ROADS]) engine.setReckoned(id, reckoned)
      return null
    },
    point({ at, profile, minutes, team, nowIso }): PointAnswer {
      const { engine, room } = held()
      const start = now()
      const ask = { profile, points: [{ at }], minutes, direction: 'to' as const, leading: true }
      const dispatch = engine.dispatch({ at, profile, count: 1000, room, leading: true }, nowIso)
      const circles = engine.isochrones({ ...ask, room })
      const wanted = dispatch.teams.find(t => t.id === team) ?? (team ? undefined : dispatch.teams[0])
      const found = wanted && engine.routes({ room, profile, at, teamIds: [wanted.id], leading: true })[0]
      const way = found?.way ? { id: found.id, route: found.way } : null
      const outsideBefore = before(open => engine.isochrones({ ...ask, room: open }).outside)
      return { at, dispatch, circles, way, outsideBefore, tookMs: now() - start }
    },
    coverage({ profile, minutes }) {
      const { engine, room } = held()
      const start = now()
      const ask = { profile, points: 'teams' as const, minutes, direction: 'from' as const }
      const circles = engine.isochrones({ ...ask, room })
      const outsideBefore = before(open => engine.isochrones({ ...ask, room: open }).outside)
      return { circles, outsideBefore, tookMs: now() - start }
    },
    nearestRoad: ({ at, maxM }) => held().engine.nearestRoad(at, maxM),
    checkClosure: feature => held().engine.checkClosure(feature),
  }
}
