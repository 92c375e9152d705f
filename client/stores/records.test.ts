import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { Entity } from '../../server/contract/change.ts'
import { entityOf } from '../../server/contract/registers/entity.ts'
import { keyOf, referrersOf, useRecords } from './records.ts'
import { useWorld } from './world.ts'

const row = (register: string, id: string, fields: RegisterRecord['fields'] = {}): RegisterRecord => ({
  id,
  register,
  name: id,
  at: [82.8, 38.9],
  source: { name: '示例', asOf: null },
  fields,
})
const ROWS = [
  row('stores', 'K1'),
  row('stores', 'K2'),
  row('stock', 'W1', { store: 'K1' }),
  row('stock', 'W2', { store: 'K1' }),
  row('stock', 'W3', { store: null }),
]

const at = '2026-01-01T00:00:00Z'
function hold(seq: number, rows: RegisterRecord[]): void {
  const entities = rows.map(record => ({ ...entityOf(record, '王', at), rev: seq }) as Entity)
  useWorld().replace({ room: 'vale', seq, at, epoch: 'e1', entities })
}

describe('records', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    hold(1, ROWS)
  })
  it('finds what names a row', () => {
    const found = referrersOf(ROWS)
    expect(found.get('stores/K1')?.map(r => r.id)).toEqual(['W1', 'W2'])
    expect(found.has('stores/K2')).toBe(false)
  })
  it('keeps what is on the map for the next time', () => {
    const records = useRecords()
    expect(records.shown.has('stores')).toBe(true)
    records.show(['stores'], false)
    records.show(['bridges'], true)
    setActivePinia(createPinia())
    const again = useRecords()
    expect([again.shown.has('stores'), again.shown.has('bridges')]).toEqual([false, true])
  })
  it('keeps ids of two registers apart, and forgets a row that is gone', () => {
    const records = useRecords()
    records.pick(keyOf(ROWS[0]!))
    expect(records.picked?.id).toBe('K1')
    hold(2, [row('mines', 'K1')])
    expect(records.picked).toBeNull()
  })
})
