import { describe, expect, test } from 'vitest'
import { DRY } from '../county.ts'
import { cellAt, cellLonLat } from '../grid.ts'
import { SMALL_BRIEF, syntheticLand } from '../land.fixture.ts'
import { makePeople } from './make-people.ts'

describe.each([1, 2, 3])('people of county %i', seed => {
  const brief = { ...SMALL_BRIEF, seed }
  const land = syntheticLand(brief, 45)
  const people = makePeople(brief, land)
  const { townships, villages, hamlets, grid, perCell } = people

  test('nine towns, five sub-districts, sixty villages, 100,000 people on 400 km²', () => {
    expect(townships.filter(({ kind }) => kind === 'town').length).toBe(9)
    expect(townships.filter(({ kind }) => kind === 'subdistrict').length).toBe(5)
    expect(villages.length).toBe(60)
    expect(villages.reduce((sum, village) => sum + village.people, 0)).toBe(100_000)
    expect(hamlets.length).toBeGreaterThanOrEqual(24)
  })

  test('the grid sums to the villages', () => {
    const sum = perCell.reduce((total, here) => total + here, 0)
    expect(sum).toBe(100_000)
    expect(perCell.every(here => here >= 0 && Number.isInteger(here))).toBe(true)
    for (const { cell } of villages)
      expect(cellAt(grid, cellLonLat(land.grid, cell))).toBeGreaterThanOrEqual(0)
  })

  test('ids follow the national codes, names are given once', () => {
    for (const { id, kind } of townships) {
      expect(id).toMatch(kind === 'town' ? /^9900011\d\d$/ : /^9900010\d\d$/)
    }
    for (const { id, township, kind } of villages) {
      expect(id.startsWith(township)).toBe(true)
      expect(id).toMatch(kind === 'village' ? /^\d{9}[2-4]\d\d$/ : /^\d{9}0\d\d$/)
    }
    const all = [...townships, ...villages]
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const names = [...all, ...hamlets].map(({ name }) => name)
    expect(new Set(names.map(({ zh }) => zh)).size).toBe(names.length)
    expect(names.every(({ en }) => /^[A-Z][A-Za-z' ]+$/.test(en))).toBe(true)
  })

  test('everybody lives inside the border on dry, gentle ground, no two houses on one cell', () => {
    const taken = new Set<number>()
    for (const { houses, people: count, households } of villages) {
      expect(count).toBeGreaterThan(0)
      expect(households).toBeGreaterThan(0)
      expect(houses.length).toBeGreaterThan(0)
      for (const cell of houses) {
        expect(land.inside[cell]).toBe(1)
        expect(land.water[cell]).toBe(DRY)
        expect(land.slopeDeg[cell]).toBeLessThan(17)
        expect(taken.has(cell)).toBe(false)
        taken.add(cell)
      }
    }
    for (const { houses } of hamlets) for (const cell of houses) expect(land.water[cell]).toBe(DRY)
  })

  test('a seat is a house of its township; hamlets belong to a village that can spare them', () => {
    const owner = new Map(
      villages.flatMap(({ houses, township }) => [...houses].map(cell => [cell, township])),
    )
    for (const { id, cell } of townships) expect(owner.get(cell)).toBe(id)
    const byId = new Map(villages.map(village => [village.id, village]))
    for (const { village, people: count } of hamlets) {
      expect(byId.get(village)!.kind).toBe('village')
      expect(count).toBeLessThan(byId.get(village)!.people)
    }
  })
})

test('the same seed settles the same people, another seed others', () => {
  const land = syntheticLand(SMALL_BRIEF, 60)
  const names = (seed: number): string => {
    const { villages } = makePeople({ ...SMALL_BRIEF, seed }, land)
    return villages.map(({ name, cell, people }) => `${name.zh} ${cell} ${people}`).join()
  }
  expect(names(5)).toBe(names(5))
  expect(names(6)).not.toBe(names(5))
})

test('a county without level ground is refused in a sentence', () => {
  const land = syntheticLand(SMALL_BRIEF, 60)
  land.slopeDeg.fill(35)
  expect(() => makePeople(SMALL_BRIEF, land)).toThrow('level ground')
})
