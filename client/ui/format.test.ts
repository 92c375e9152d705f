import { describe, expect, it } from 'vitest'
import { countPeople, distance, lonLat, people, peopleOf } from './count.ts'
import { age, clock, day, duration, moment, range } from './time.ts'

describe('times', () => {
  it('rounds a duration up and writes hours from two on', () => {
    expect(duration(36.2 * 60_000, 'zh')).toBe('37 分')
    expect(duration(119 * 60_000, 'en')).toBe('119 min')
    expect(duration(125 * 60_000, 'zh')).toBe('2 时 05 分')
  })
  it('widens a range outwards', () => {
    expect(range([34.9 * 60_000, 51.1 * 60_000], 'zh')).toBe('34–52 分')
    expect(range([60_000, 60_000], 'en')).toBe('1 min')
  })
  it('shows the clock and the day of the county, not of the browser', () => {
    expect(clock('2026-01-01T06:05:00Z', 'Asia/Shanghai')).toBe('14:05')
    expect(clock('2026-01-01T23:00:00Z', 'Europe/Andorra')).toBe('00:00')
    expect(day('2026-01-01T23:30:00Z', 'Asia/Shanghai')).toBe('2026-01-02')
  })
  it('leaves the day away where it is today', () => {
    const now = new Date('2026-01-01T12:00:00Z')
    expect(moment('2026-01-01T06:05:00Z', now, 'Asia/Shanghai')).toBe('14:05')
    expect(moment('2025-12-31T06:05:00Z', now, 'Asia/Shanghai')).toBe('2025-12-31 14:05')
  })
  it('says how old a thing is', () => {
    const now = new Date('2026-01-02T00:00:00Z')
    expect(age('2026-01-01T23:59:50Z', now, 'zh')).toBe('刚刚')
    expect(age('2026-01-01T23:55:00Z', now, 'zh')).toBe('5 分前')
    expect(age('2026-01-01T20:55:00Z', now, 'en')).toBe('3 h ago')
    expect(age('2025-12-21T00:00:00Z', now, 'zh')).toBe('12 天前')
  })
})

describe('counts', () => {
  it('keeps unknown people visible, with full-width space between facts', () => {
    expect(people({ known: 12345, placesUnknown: 3 }, 'zh')).toBe('已知 12,345 人　3 处未知')
    expect(people({ known: 12345, placesUnknown: 0 }, 'zh')).toBe('12,345 人')
    expect(people({ known: 0, placesUnknown: 2 }, 'zh')).toBe('人口未知　2 处')
    expect(people({ known: 5, placesUnknown: 1 }, 'en')).toBe('5 known　1 place unknown')
    expect(peopleOf(null, 'zh')).toBe('未知')
  })
  it('sums without turning unknown into nought', () => {
    expect(countPeople([{ people: 3 }, { people: null }, { people: 4 }])).toEqual({
      known: 7,
      placesUnknown: 1,
    })
  })
  it('writes distances and places', () => {
    expect(distance(853)).toBe('850 m')
    expect(distance(6940)).toBe('6.9 km')
    expect(distance(41_600)).toBe('42 km')
    expect(lonLat([1.5218, 42.5075])).toBe('42.5075 N　1.5218 E')
  })
})
