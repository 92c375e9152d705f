import { beforeAll, expect, test } from 'vitest'
import { createMemoryStore } from '../db/memory.ts'
import type { ChangeRow } from '../db/store.ts'
import { GENESIS, hashText, sealChange } from './hash.ts'
import { createRoom } from './room.ts'
import { verifyJournal } from './verify.ts'

let rows: ChangeRow[]
beforeAll(async () => {
  const store = createMemoryStore()
  const room = await createRoom({ store, room: 'vale', now: () => new Date('2026-07-01T08:00:00Z') })
  const point = { type: 'Point' as const, coordinates: [1.5, 42.5] }
  const feature = { type: 'Feature' as const, geometry: point, properties: { kind: 'other' as const } }
  for (const id of ['a', 'b', 'c', 'd']) {
    await room.run({ name: 'close', input: { id, feature } }, { actor: 'guest', key: id })
  }
  rows = await store.read('vale', 0)
})

/** The rows with one replaced, re-hashed unless told otherwise. */
function tampered(seq: number, edit: (text: string) => string, rehash = true): ChangeRow[] {
  return rows.map(row => {
    if (row.seq !== seq) return row
    const text = edit(row.text)
    return { ...row, text, hash: rehash ? hashText(text) : row.hash }
  })
}
const edit = (text: string) => text.replace('"other"', '"flood"')
const damage = (list: ChangeRow[]) => verifyJournal('vale', list)

test('an untouched journal verifies, and chains from the genesis hash', () => {
  expect(damage(rows)).toBeNull()
  expect(damage([])).toBeNull()
  expect(JSON.parse(rows[0]!.text).prev).toBe(GENESIS)
})

test('names the first change that does not verify', () => {
  expect(damage(tampered(2, edit, false))).toEqual({ room: 'vale', seq: 2, reason: 'hash' })
  expect(damage(tampered(2, edit))).toEqual({ room: 'vale', seq: 3, reason: 'chain' })
  expect(damage(rows.filter(r => r.seq !== 3))).toEqual({ room: 'vale', seq: 3, reason: 'gap' })
  expect(damage(tampered(1, () => '{"v":9}'))).toEqual({ room: 'vale', seq: 1, reason: 'unreadable' })
  const elsewhere = rows.map(r => (r.seq === 4 ? { ...r, actor: 'someone' } : r))
  expect(damage(elsewhere)).toEqual({ room: 'vale', seq: 4, reason: 'columns' })
})

test('a change earlier than the one before does not verify', () => {
  const { hash: _, ...last } = { ...JSON.parse(rows[3]!.text), at: '2020-01-01T00:00:00.000Z', hash: '' }
  expect(damage([...rows.slice(0, 3), sealChange(last)])).toEqual({ room: 'vale', seq: 4, reason: 'time' })
})
