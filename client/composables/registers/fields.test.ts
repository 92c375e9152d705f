import { describe, expect, it } from 'vitest'
import { REGISTERS, registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { fieldRows, holdsPersons, leadOf, ringAreaM2 } from './fields.ts'

const geohazards = registerOf('geohazardPoints')!
const record = (fields: RegisterRecord['fields'], register = 'geohazardPoints'): RegisterRecord => ({
  id: 'DZ-001',
  register,
  name: '北沟滑坡',
  at: null,
  source: { name: '示例', asOf: null },
  fields,
})
const rowOf = (fields: RegisterRecord['fields'], key: string, lang: 'zh' | 'en' = 'zh') =>
  fieldRows(geohazards, record(fields), lang).find(r => r.key === key)

describe('a card of a row', () => {
  it('says what is unknown, and 0 only where 0 was written', () => {
    expect(rowOf({}, 'people')).toMatchObject({ head: '威胁人数', text: null })
    expect(rowOf({ people: null }, 'people')!.text).toBeNull()
    expect(rowOf({ people: 0 }, 'people')).toMatchObject({ text: '0', unit: '人' })
  })
  it('writes choices, flags, lists and numbers in the language shown', () => {
    expect(rowOf({ kind: 'debrisFlow' }, 'kind')!.text).toBe('泥石流')
    expect(rowOf({ kind: 'debrisFlow' }, 'kind', 'en')!.text).toBe('debris flow')
    expect(rowOf({ automatic: false }, 'automatic')!.text).toBe('否')
    expect(rowOf({ triggers: ['降雨', '切坡'] }, 'triggers')!.text).toBe('降雨、切坡')
    expect(rowOf({ volumeWanM3: 1234.5 }, 'volumeWanM3')).toMatchObject({ text: '1,234.5', unit: '万立方米' })
  })
  it('measures a way and an area instead of listing their corners', () => {
    const way: [number, number][] = [
      [82.8, 38.9],
      [82.8, 38.909],
    ]
    expect(rowOf({ wayOut: way }, 'wayOut')!.text).toBe('1.0 km')
    const side = 0.001
    const ring: [number, number][] = [
      [82.8, 0],
      [82.8 + side, 0],
      [82.8 + side, side],
      [82.8, side],
      [82.8, 0],
    ]
    expect(ringAreaM2(ring)).toBeCloseTo((side * 111_195) ** 2, -2)
    expect(rowOf({ area: ring }, 'area')!.text).toBe('1.2 公顷')
  })
  it('names the rows it refers to', () => {
    expect(rowOf({ refuge: 'BX-7' }, 'refuge')!.refs).toEqual(['refuges/BX-7'])
    expect(rowOf({}, 'refuge')!.refs).toBeUndefined()
  })
  it('leaves persons and telephones out, and knows that it does', () => {
    for (const register of REGISTERS) {
      const shown = new Set(fieldRows(register, record({}, register.key), 'zh').map(r => r.key))
      const kept = register.columns.filter(c => c.type === 'person' || c.type === 'phone')
      expect(kept.some(c => shown.has(c.key))).toBe(false)
      if (kept.length > 0) expect(holdsPersons(register)).toBe(true)
    }
  })
})

describe('the lead of a row', () => {
  it('is what tells it from the next one', () => {
    expect(leadOf(geohazards, record({ kind: 'landslide', people: 31 }), 'zh')).toBe('滑坡　31 人')
    const stock = registerOf('stock')!
    expect(leadOf(stock, record({ quantity: 200, unit: '顶', class: '1' }, 'stock'), 'zh')).toBe('200 顶')
    expect(leadOf(registerOf('powerStations')!, record({}, 'powerStations'), 'zh')).toBe('')
  })
})
