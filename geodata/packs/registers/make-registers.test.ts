import { beforeAll, expect, test } from 'vitest'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { Land, Network, People } from '../county.ts'
import { cellLonLat } from '../grid.ts'
import { BRIEF, makeCounty } from './made.fixture.ts'
import { makeRegisters } from './make-registers.ts'
import { placingFaults } from './placing.fixture.ts'
import { pondClass } from './ponds.ts'

let land: Land
let people: People
let network: Network
let records: Map<string, RegisterRecord[]>

beforeAll(() => {
  ;({ land, people, network, records } = makeCounty())
}, 240_000)

const of = (key: string): RegisterRecord[] => records.get(key)!
const total = (key: string, field: string): number =>
  of(key).reduce((sum, r) => sum + Number(r.fields[field]), 0)
const count = (key: string, field: string, value: unknown): number =>
  of(key).filter(r => r.fields[field] === value).length

test('every total of the counties’ plans, to the piece', () => {
  const rows = Object.fromEntries([...records].map(([key, list]) => [key, list.length]))
  expect(rows).toMatchObject({
    townships: 14,
    villages: people.villages.length,
    teams: 19,
    stores: 11,
    mines: 27,
    miningSystems: 21,
    tailingsPonds: 10,
    hazardSources: 7,
    geohazardPoints: 164,
    shelters: 14,
    reservoirs: 8,
    weatherStations: 25,
    seismicStations: 3,
    radioStations: 11,
    commands: 16,
    liaisonOfficers: 62,
  })
  expect(total('teams', 'people')).toBe(1024)
  expect(total('stock', 'quantity')).toBe(43_640)
  expect(count('geohazardPoints', 'automatic', true)).toBe(73)
  expect([count('shelters', 'built', 'new'), count('shelters', 'built', 'upgraded')]).toEqual([4, 10])
  expect(of('shelters').every(r => r.fields.class === '1' || r.fields.class === '2')).toBe(true)
  for (const { key } of REGISTERS) expect(of(key).length, key).toBeGreaterThan(0)
})

test('mines: 20 of iron with 21 systems A6 B4 C8 D3, 17 underground; 7 of coal, 1.44 Mt a year', () => {
  const iron = of('mines').filter(r => r.fields.kind === 'iron')
  const coal = of('mines').filter(r => r.fields.kind === 'coal')
  expect([iron.length, coal.length]).toEqual([20, 7])
  expect(iron.filter(r => r.fields.method === 'underground')).toHaveLength(17)
  expect(count('miningSystems', 'method', 'underground')).toBe(17)
  expect(['A', 'B', 'C', 'D'].map(grade => count('miningSystems', 'grade', grade))).toEqual([6, 4, 8, 3])
  expect(coal.reduce((sum, r) => sum + Number(r.fields.capacityWanTa), 0)).toBe(144)
  const systems = new Set(of('miningSystems').map(r => r.fields.mine))
  expect(iron.every(r => systems.has(r.id))).toBe(true)
})

test('ponds: three above heads, classes by volume and height, levels in order, instruments on each', () => {
  expect(count('tailingsPonds', 'headPond', true)).toBe(3)
  expect([
    pondClass(80, 25),
    pondClass(80, 35),
    pondClass(150, 45),
    pondClass(90, 65),
    pondClass(2000, 25),
  ]).toEqual([5, 4, 4, 4, 4])
  for (const { id, name, fields: f } of of('tailingsPonds')) {
    expect(Number(f.class), name).toBe(pondClass(Number(f.designVolumeWanM3), Number(f.designHeightM)))
    expect(Number(f.heightM), name).toBeLessThan(Number(f.designHeightM))
    expect(Number(f.volumeWanM3), name).toBeLessThan(Number(f.designVolumeWanM3))
    expect(Number(f.waterLevelM), name).toBeLessThan(Number(f.designLevelM))
    expect(Number(f.designLevelM), name).toBeLessThan(Number(f.crestM))
    expect(Number(f.peopleWithin1km) > 0, name).toBe(f.headPond)
    const kinds = of('instruments')
      .filter(i => i.fields.pond === id)
      .map(i => i.fields.kind)
    expect(kinds, name).toEqual(
      expect.arrayContaining(['pondLevel', 'beach', 'phreatic', 'damShift', 'rain']),
    )
  }
})

test('teams: by kind as the plans have them, people that fit, drivers’ seats for those on duty', () => {
  const kinds = of('teams').map(r => r.fields.kind)
  const number = (kind: string): number => kinds.filter(k => k === kind).length
  expect(['fire', 'forest', 'mine', 'rescue', 'township'].map(number)).toEqual([2, 1, 1, 1, 14])
  for (const { id, name, fields } of of('teams')) {
    const size = Number(fields.people)
    if (fields.kind === 'township') expect(size >= 20 && size <= 50, name).toBe(true)
    else expect(size, name).toBeGreaterThan(40)
    expect(Number(fields.onDuty), name).toBeLessThan(size)
    expect(Number(fields.turnoutNightMin), name).toBeGreaterThanOrEqual(Number(fields.turnoutDayMin))
    expect(
      of('vehicles').some(v => v.fields.team === id),
      name,
    ).toBe(true)
    expect(
      of('equipment').some(e => e.fields.team === id),
      name,
    ).toBe(true)
  }
})

test('stock: each store holds some, whole packs but for the counted heap, every class of the standard', () => {
  for (const store of of('stores')) {
    expect(
      of('stock').some(s => s.fields.store === store.id),
      store.name,
    ).toBe(true)
  }
  const odd = of('stock').filter(s => Number(s.fields.quantity) % Number(s.fields.packSize) !== 0)
  expect(odd.length).toBeLessThanOrEqual(1)
  expect(new Set(of('stock').map(s => s.fields.class))).toEqual(new Set(['1', '2', '3']))
  expect(new Set(of('stores').map(s => s.fields.tier)).size).toBeGreaterThanOrEqual(4)
})

test('the rules of placing hold', () => {
  expect(placingFaults({ land, people, network, records })).toEqual([])
})

test('a row that breaks a rule is named', () => {
  const broken = structuredClone(records)
  const [point, second] = broken.get('geohazardPoints')!
  const area = point.fields.area as [number, number][]
  const way = point.fields.wayOut as [number, number][]
  point.fields.wayOut = [area[0], ...way]
  second.fields.wayOut = (second.fields.wayOut as [number, number][]).slice(0, -1)
  const [shelter] = broken.get('shelters')!
  const wet = land.floodPlain.findIndex((f, cell) => f === 1 && land.inside[cell] === 1)
  shelter.at = cellLonLat(land.grid, wet)
  const [pond] = broken.get('tailingsPonds')!
  const lowest = land.heightM.reduce((a, h, cell) => (h < land.heightM[a] ? cell : a), 0)
  pond.fields.slurryLine = [cellLonLat(land.grid, lowest), pond.at!]
  const faults = placingFaults({ land, people, network, records: broken }).join('\n')
  for (const words of [
    `${point.name}: way out crosses its area`,
    `${second.name}: ends elsewhere`,
    `${shelter.name} lies in the flood plain`,
    `${pond.name}: the concentrator stands lower`,
  ]) {
    expect(faults).toContain(words)
  }
})

test('geohazard points name people, monitor, signal, way out, refuge and shelter; most people are watched first', () => {
  for (const { name, fields: f } of of('geohazardPoints')) {
    for (const key of [
      'monitor',
      'monitorPhone',
      'signal',
      'refuge',
      'shelter',
      'answerable',
      'townAnswerable',
    ]) {
      expect(f[key], `${name} ${key}`).toEqual(expect.any(String))
    }
    expect((f.wayOut as unknown[]).length, name).toBeGreaterThan(1)
    expect(f.people === 0 || Number(f.households) > 0, name).toBe(true)
    if (Number(f.people) >= 50) expect(f.works, name).not.toBe('none')
  }
  const automatic = of('geohazardPoints').filter(p => p.fields.automatic)
  expect(automatic.every(p => of('instruments').some(i => i.fields.point === p.id))).toBe(true)
  const least = Math.min(...automatic.map(p => Number(p.fields.people)))
  const others = of('geohazardPoints').filter(p => !p.fields.automatic)
  expect(Math.max(...others.map(p => Number(p.fields.people)))).toBeLessThanOrEqual(least)
})

test('reservoirs: levels in order, three answerable persons each', () => {
  for (const { name, fields: f } of of('reservoirs')) {
    const levels = ['deadM', 'limitM', 'designM', 'checkM', 'crestM'].map(key => Number(f[key]))
    expect(levels, name).toEqual([...new Set(levels)].sort((a, b) => a - b))
    expect(new Set([f.administrative, f.technical, f.patrol]).size, name).toBe(3)
  }
})

test('every township and village has someone who answers and a means of being called', () => {
  for (const key of ['townships', 'villages']) {
    for (const { name, fields } of of(key)) {
      expect(fields.answerable, name).toEqual(expect.any(String))
      expect(fields.deputy, name).not.toBe(fields.answerable)
    }
  }
  for (const { id, name } of of('townships')) {
    expect(
      of('communications').filter(c => c.fields.township === id && c.fields.village === null).length,
      name,
    ).toBeGreaterThan(2)
  }
  const covered = new Set(of('liaisonOfficers').flatMap(o => o.fields.villages as string[]))
  for (const { id, name } of of('villages')) {
    expect(
      of('communications').some(c => c.fields.village === id),
      name,
    ).toBe(true)
    expect(covered.has(id), name).toBe(true)
  }
  const { fields } = of('villages')[0]
  expect(Number(fields.needHelp)).toBe(
    ['aloneOld', 'disabled', 'bedridden', 'childrenAlone', 'pregnant', 'onPower'].reduce(
      (sum, k) => sum + Number(fields[k]),
      0,
    ),
  )
})

test('the same county gives the same rows; another seed others', () => {
  const again = makeRegisters(BRIEF, land, people, network)
  expect(JSON.stringify([...again])).toBe(JSON.stringify([...records]))
  const other = makeRegisters({ ...BRIEF, seed: 2 }, land, people, network)
  expect(JSON.stringify([...other])).not.toBe(JSON.stringify([...records]))
  expect(placingFaults({ land, people, network, records: other })).toEqual([])
}, 60_000)
