import { parentPort } from 'node:worker_threads'
import { Refusal } from '../contract/errors.ts'
import { answerMessages } from './compute.answer.ts'
import type { Engine, RoomClosure } from './engine.ts'

/** An engine for tests: answers with what is in force, and dies, hangs or refuses when asked to. */
function createEngine({ graph }: { graph: ArrayBufferLike }): Engine {
  const [nodes, arcs] = new Uint8Array(graph) as unknown as [number, number]
  const no = { zh: '不行', en: 'No' }
  if (nodes === 0) throw new Refusal('graph_unreadable', 500, no)
  const rooms = new Map<string, RoomClosure[]>()
  return {
    nodes,
    arcs,
    setClosures: (room: string, closures: RoomClosure[]) => void rooms.set(room, closures),
    closedRoads: (room: string) => ({ nodes, ids: (rooms.get(room) ?? []).map(c => c.id) }),
    matrix: () => process.exit(3),
    route: () => {
      throw new Refusal('cut_off', 409, no, no, 'to', { closures: ['a'] })
    },
    isochrones: () => {
      for (;;);
    },
    dispatch: () => {
      throw new TypeError('a bug')
    },
    nearestRoad: () => null,
  } as unknown as Engine
}

answerMessages(createEngine, parentPort!)
