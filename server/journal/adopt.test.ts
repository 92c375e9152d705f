import { beforeEach, describe, expect, test } from 'vitest'
import type { RecordEntity } from '../contract/registers/entity.ts'
import type { RegisterRecord } from '../contract/registers/record.ts'
import { entitiesOf } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import type { Store } from '../db/store.ts'
import { adoptRecords } from './adopt.ts'
import { createRoom } from './room.ts'
import type { Room } from './room.ts'
import { verifyJournal } from './verify.ts'

const store1 = (id: string, name = `仓库 ${id}`): RegisterRecord => ({
  id,
  register: 'stores',
  name,
  at: null,
  source: { name: '包', asOf: null },
  fields: {},
})
let store: Store
let room: Room
beforeEach(async () => {
  store = createMemoryStore()
  room = await createRoom({ store, room: 'vale', now: () => new Date('2026-07-01T08:00:00Z') })
})
const names = () =>
  entitiesOf<RecordEntity>(room.world(), 'stores')
    .map(row => row.name)
    .sort()
const rename = (id: string, name: string) => {
  const { rev } = room.world().kinds.get('stores')!.get(id)!
  const input = { record: store1(id, name), ifRev: rev, note: null }
  return room.run({ name: 'saveRecord', input }, { actor: '王', key: `rename ${id}` })
}

describe('an imported folder’s registers', () => {
  test('are taken in once, in changes small enough for the stream', async () => {
    const records = Array.from({ length: 450 }, (_, i) => store1(`s${i}`))
    await adoptRecords(room, { sha256: 'one', records })
    expect(entitiesOf(room.world(), 'stores')).toHaveLength(450)
    expect(room.world().seq).toBe(3)
    await adoptRecords(room, { sha256: 'one', records })
    expect(room.world().seq).toBe(3)
    expect(verifyJournal('vale', await store.read('vale', 0))).toBeNull()
  })

  test('another import replaces what is the import’s own and leaves what people saved', async () => {
    await adoptRecords(room, { sha256: 'one', records: ['a', 'b', 'c', 'd'].map(id => store1(id)) })
    await rename('b', '人工改名')
    await rename('d', '人工补充')
    await adoptRecords(room, {
      sha256: 'two',
      records: [store1('a', '新 a'), store1('b', '新 b'), store1('e')],
    })
    expect(names()).toEqual(['人工改名', '人工补充', '仓库 e', '新 a'].sort())
  })

  test('interrupted, it goes on where it stopped', async () => {
    const records = Array.from({ length: 450 }, (_, i) => store1(`s${i}`))
    const { append } = store
    let left = 2
    store.append = rows => (left-- > 0 ? append(rows) : Promise.reject(new Error('power')))
    await expect(adoptRecords(room, { sha256: 'one', records })).rejects.toThrow()
    store.append = append
    room = await createRoom({ store, room: 'vale', now: () => new Date('2026-07-01T09:00:00Z') })
    await adoptRecords(room, { sha256: 'one', records })
    expect(entitiesOf(room.world(), 'stores')).toHaveLength(450)
    expect(room.world().seq).toBe(3)
  })
})
