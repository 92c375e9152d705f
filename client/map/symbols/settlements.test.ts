import { describe, expect, it } from 'vitest'
import type { OutsidePlace } from '../../../server/contract/api.ts'
import type { Settlement } from '../../../server/contract/entities.ts'
import { seatsOf, settlementSymbols } from './settlements.ts'

const source = { name: '示例', asOf: null }
const village = (i: number, people: number | null): Settlement => ({
  id: `v${i}`,
  name: `村${i}`,
  kind: 'village',
  at: [82.8 + i / 100, 38.9],
  people,
  source,
})
const symbols = (settlements: Settlement[], outside: OutsidePlace[] = []) =>
  settlementSymbols({
    settlements,
    outside,
    nameOf: s => s.name,
    peopleOf: n => `${n}`,
    duration: ms => `${ms}`,
    reason: code => `${code}`,
  }).features.map(f => f.properties!)

describe('settlementSymbols', () => {
  it('names the larger villages when the whole county is seen, all where people are not known', () => {
    const named = symbols(Array.from({ length: 20 }, (_, i) => village(i, i * 100))).filter(p => p.far)
    expect(named.length).toBe(9)
    expect(named.every(p => Number(p.id.slice(1)) >= 11)).toBe(true)
    expect(symbols([village(1, null), village(2, null)]).every(p => p.far)).toBe(true)
  })
  it('names two dozen of the places beyond the hour, the largest', () => {
    const places = Array.from({ length: 60 }, (_, i) => village(i, 100 + i))
    const outside = places.map(
      ({ id, people }) => ({ id, name: id, people, durationMs: 4_000_000, reason: null }) as never,
    )
    const named = symbols(places, outside).filter(p => p.far)
    expect(named.length).toBe(25)
    expect(named.every(p => p.outside && p.facts)).toBe(true)
  })
})

describe('seatsOf', () => {
  const township = (at: [number, number] | null) => ({
    id: '990001101',
    register: 'townships',
    name: '石桥镇',
    at,
    source,
    fields: { people: 8200 },
  })
  it('makes towns of the register where the settlements have none', () => {
    expect(seatsOf([township([82.8, 38.9]), township(null)], [village(1, 5)])).toMatchObject([
      { name: '石桥镇', kind: 'town', people: 8200 },
    ])
    expect(seatsOf([township([82.8, 38.9])], [{ ...village(1, 5), kind: 'town' }])).toEqual([])
  })
})
