import { describe, expect, it } from 'vitest'
import { REGISTERS, registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { tidyRecord } from '../../../server/contract/registers/tidy.ts'
import { emptyRecord, nextId, readTexts, textsOf } from './draftTexts.ts'

const points = registerOf('geohazardPoints')!
const ROW: RegisterRecord = tidyRecord(points, {
  id: 'Z1',
  register: 'geohazardPoints',
  name: '前松后山滑坡',
  at: [82.8012345678, 38.9],
  source: { name: '台账', asOf: '2026-06-30' },
  fields: {
    kind: 'landslide',
    people: 31,
    automatic: false,
    triggers: ['降雨', '切坡'],
    means: [],
    wayOut: [
      [82.8, 38.9],
      [82.81, 38.9],
    ],
  },
})
const reading = (more: Record<string, string>) => readTexts(points, ROW, { ...textsOf(points, ROW), ...more })

describe('a form', () => {
  it('that nobody touched gives the row back as it was', () => {
    expect(reading({})).toEqual({ record: ROW, faults: [] })
  })
  it('reads every kind of column', () => {
    const { record, faults } = reading({
      people: '１,２34',
      volumeWanM3: '3.5',
      automatic: '',
      triggers: '降雨，地震、 ',
      stability: 'poor',
      inspected: '2026-07',
      signal: ' 铜锣 ',
      lon: '',
      lat: '',
      asOf: '',
    })
    expect(faults).toEqual([])
    expect(record.fields).toMatchObject({
      people: 1234,
      volumeWanM3: 3.5,
      automatic: null,
      triggers: ['降雨', '地震'],
      stability: 'poor',
      inspected: '2026-07',
      signal: '铜锣',
      wayOut: ROW.fields.wayOut,
    })
    expect([record.at, record.source]).toEqual([null, { name: '台账', asOf: null }])
  })
  it.each([
    [{ people: '三十' }, 'people'],
    [{ people: '3.5' }, 'people'],
    [{ people: '-1' }, 'people'],
    [{ inspected: '去年' }, 'inspected'],
    [{ kind: '' }, 'kind'],
    [{ name: ' ' }, 'name'],
    [{ source: '' }, 'source'],
    [{ lat: '' }, 'at'],
    [{ lon: '38.9', lat: '182.8' }, 'at'],
    [{ id: '合计' }, 'id'],
  ])('says what is wrong with %j', (more, column) => {
    expect(reading(more as Record<string, string>).faults.map(fault => fault.column)).toEqual([column])
  })
  it('of a new row begins with what is needed missing, of whatever register', () => {
    for (const register of REGISTERS) {
      const empty = emptyRecord(register, 'A-1')
      const { faults } = readTexts(register, empty, textsOf(register, empty))
      expect(faults.map(fault => fault.column)).toContain('source')
      expect(faults.some(fault => fault.column === 'name')).toBe(!register.persons)
    }
  })
})

describe('the next id', () => {
  it('goes on as most are numbered', () => {
    expect(nextId(['K-01', 'K-09', 'X7'])).toBe('K-10')
    expect(nextId(['990001101201', '990001101202'])).toBe('990001101203')
    expect(nextId(['Z99', 'Z9'])).toBe('Z100')
    expect(nextId(['北', '南'])).toBe('')
  })
})
