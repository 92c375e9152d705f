import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useCounty } from './county.ts'
import { keyOf, referrersOf, useRecords } from './records.ts'

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

describe('records', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    useCounty().data = { records: ROWS } as never
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
    useCounty().data = { records: [row('mines', 'K1')] } as never
    expect(records.picked).toBeNull()
  })
})
