import { expect, test } from 'vitest'
import type { Refusal } from '../contract/errors.ts'
import { createMemoryStore } from '../db/memory.ts'
import { checkJournal } from './check.ts'
import { createRoom } from './room.ts'

const feature = {
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [1.5, 42.5] },
  properties: { kind: 'flood' as const },
}

test('each room that does not verify is told of, the others are not', async () => {
  const store = createMemoryStore()
  for (const id of ['vale', 'hill']) {
    const room = await createRoom({ store, room: id, now: () => new Date() })
    await room.run({ name: 'close', input: { id: 'a', feature } }, { actor: 'guest', key: '1' })
  }
  const { read } = store
  store.read = async (room, since) =>
    (await read(room, since)).map(row => (room === 'hill' ? { ...row, text: `${row.text} ` } : row))
  const told: Refusal[] = []
  await checkJournal(store, damage => told.push(damage))
  expect(told.map(d => [d.code, d.text.en])).toEqual([
    ['journal_damaged', 'The journal of "hill" does not verify from change 1 on (hash)'],
  ])
})

test('a long room is read piece by piece, and its damage is named wherever it lies', async () => {
  const store = createMemoryStore()
  const room = await createRoom({ store, room: 'vale', now: () => new Date() })
  await Promise.all(
    Array.from({ length: 1200 }, (_, i) =>
      room.run({ name: 'close', input: { id: `${i}`, feature } }, { actor: 'guest', key: `${i}` }),
    ),
  )
  const { read } = store
  const most: number[] = []
  store.read = async (id, since, limit) => {
    const rows = await read(id, since, limit)
    most.push(rows.length)
    return rows.map(row => (row.seq === 1100 ? { ...row, hash: '0' } : row))
  }
  const told: Refusal[] = []
  await checkJournal(store, damage => told.push(damage))
  expect(told.map(d => d.text.en)).toEqual([
    'The journal of "vale" does not verify from change 1100 on (hash)',
  ])
  expect(Math.max(...most)).toBeLessThan(1000)
})
