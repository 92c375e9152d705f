import { expect, test } from 'vitest'
import { entitiesOf } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import { worldAt } from './history.ts'
import { createRoom } from './room.ts'

const feature = { type: 'Feature' as const, geometry: null, properties: { kind: 'other' as const, way: 1 } }

test('past worlds are made one at a time, and one that fails keeps none waiting', async () => {
  const room = await createRoom({ store: createMemoryStore(), room: 'vale', now: () => new Date() })
  for (const id of ['a', 'b', 'c'])
    await room.run({ name: 'close', input: { id, feature } }, { actor: 'x', key: id })
  let [reading, most] = [0, 0]
  const watched = {
    ...room,
    changes: async (since: number, limit?: number) => {
      most = Math.max(most, ++reading)
      await new Promise(setImmediate)
      reading--
      return room.changes(since, limit)
    },
  }
  const torn = { ...room, changes: () => Promise.reject(new Error('torn')) }
  const [one, failed, three] = await Promise.allSettled([
    worldAt(watched, 1),
    worldAt(torn, 2),
    worldAt(watched, 3),
  ])
  expect(most).toBe(1)
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'torn' } })
  const idsOf = (r: typeof one) =>
    r.status === 'fulfilled' ? entitiesOf(r.value, 'closure').map(c => c.id) : null
  expect([idsOf(one), idsOf(three)]).toEqual([['a'], ['a', 'b', 'c']])
})
