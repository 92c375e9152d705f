import { beforeAll, expect, test } from 'vitest'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { finish } from '../../work.ts'
import type { Brief, Land } from '../county.ts'
import { makePeople } from '../people/make-people.ts'
import { makeRegisters } from '../registers/make-registers.ts'
import { makeNetwork } from '../roads/make-network.ts'
import { makeLand } from '../terrain/land.ts'
import { stored } from './lakes.ts'
import { bankfullM3s, channelOf, depthM } from './rating.ts'
import { cascade, excessMm, flowM3s, routed } from './runoff.ts'
import { seriesOf } from './series.ts'
import { STEP_MIN, STEPS, STORM_STARTS } from './storm.ts'

const BRIEF: Brief = { seed: 4, widthKm: 20, heightKm: 20, centre: [82.8, 38.9] }
let land: Land
let records: Map<string, RegisterRecord[]>
let files: Map<string, string>

beforeAll(() => {
  land = finish(makeLand(BRIEF))
  const people = makePeople(BRIEF, land)
  const network = finish(makeNetwork(BRIEF, land, people))
  records = makeRegisters(BRIEF, land, people, network)
  files = seriesOf(BRIEF, land, records)
}, 240_000)

/** Columns by id; blank is NaN. */
function read(name: string): Map<string, number[]> {
  const [head, ...lines] = files
    .get(name)!
    .trim()
    .split('\n')
    .map(line => line.split(','))
  expect(lines).toHaveLength(STEPS)
  expect(lines[0][0]).toBe(STORM_STARTS)
  expect(lines[STEPS - 1][0]).toBe('2026-07-20T12:00:00Z')
  return new Map(
    head.slice(1).map((id, k) => [id, lines.map(l => (l[k + 1] === '' ? NaN : Number(l[k + 1])))]),
  )
}
const heard = (values: number[]): number[] => values.filter(v => !Number.isNaN(v))
const highest = (values: number[]): number => Math.max(...heard(values))
const instrument = (id: string): RegisterRecord => records.get('instruments')!.find(i => i.id === id)!

test('every station and every instrument has a column of numbers or blanks', () => {
  const ids = [
    'rain.csv',
    'river-stage.csv',
    'reservoir-level.csv',
    'tailings-ponds.csv',
    'geohazards.csv',
  ].flatMap(name => [...read(name)].map(([id, values]) => [id, values] as const))
  const wanted = [...records.get('weatherStations')!, ...records.get('instruments')!].map(r => r.id)
  expect(ids.map(([id]) => id).sort()).toEqual(wanted.sort())
  for (const text of files.values()) expect(text).toMatch(/^time,[\dA-Z,-]+\n(?:[\dTZ:.,-]*\n)+$/)
})

test('what is registered as silent is blank, and some others fall silent for hours', () => {
  let cut = 0
  for (const name of files.keys()) {
    for (const [id, values] of read(name)) {
      const row = [...records.get('weatherStations')!, ...records.get('instruments')!].find(r => r.id === id)!
      if (row.fields.state === 'silent') expect(heard(values), row.name).toEqual([])
      else if (values.slice(0, 200).every(v => !Number.isNaN(v)) && heard(values).length < STEPS) cut++
    }
  }
  expect(cut).toBeGreaterThan(3)
})

test('rain crosses the county: sums of a storm, peaks at different times, not below 0', () => {
  const stations = [...read('rain.csv').values()].filter(v => heard(v).length === STEPS)
  const sums = stations.map(v => v.reduce((a, b) => a + b, 0))
  expect(Math.max(...sums)).toBeGreaterThan(80)
  expect(Math.max(...sums)).toBeLessThan(320)
  expect(stations.every(v => Math.min(...v) === 0)).toBe(true)
  const peaks = stations.map(v => v.indexOf(Math.max(...v)))
  expect(Math.max(...peaks) - Math.min(...peaks)).toBeGreaterThan(3)
  const hour = stations.map(v =>
    Math.max(...v.map((_, i) => v.slice(Math.max(0, i - 5), i + 1).reduce((a, b) => a + b, 0))),
  )
  expect(Math.max(...hour)).toBeGreaterThan(15)
})

test('rivers rise after the rain and fall again; the highest comes over an alarm value', () => {
  const rain = [...read('rain.csv').values()].find(v => heard(v).length === STEPS)!
  const rained = rain.indexOf(Math.max(...rain))
  const over: number[] = []
  for (const [id, values] of read('river-stage.csv')) {
    if (heard(values).length < STEPS) continue
    const top = highest(values)
    expect(values.indexOf(top), id).toBeGreaterThan(rained - 30)
    expect(values[0], id).toBeLessThan(top)
    expect(values[STEPS - 1], id).toBeLessThan(top)
    over.push(top / Number(instrument(id).fields.yellow))
  }
  expect(Math.max(...over)).toBeGreaterThan(1)
})

test('reservoirs stay between their dead level and their crest', () => {
  for (const [id, values] of read('reservoir-level.csv')) {
    const row = records.get('reservoirs')!.find(r => r.id === instrument(id).fields.reservoir)!
    for (const level of heard(values)) {
      expect(level, row.name).toBeGreaterThanOrEqual(Number(row.fields.deadM) - 0.01)
      expect(level, row.name).toBeLessThan(Number(row.fields.crestM))
    }
  }
})

test('the level of one pond above heads comes over orange and not over its crest; the others stay under orange', () => {
  const levels = [...read('tailings-ponds.csv')].filter(([id]) => instrument(id).fields.kind === 'pondLevel')
  const over = levels.filter(
    ([id, v]) => heard(v).length > 0 && highest(v) >= Number(instrument(id).fields.orange),
  )
  expect(over.length).toBeLessThanOrEqual(1)
  const blocked = records.get('tailingsPonds')!.find(p => p.fields.headPond === true)!
  for (const [id, values] of over) {
    expect(instrument(id).fields.pond).toBe(blocked.id)
    expect(highest(values)).toBeLessThan(Number(blocked.fields.crestM))
  }
  const own = levels.find(([id]) => instrument(id).fields.pond === blocked.id)!
  if (instrument(own[0]).fields.state !== 'silent') expect(over).toHaveLength(1)
})

test('three slopes accelerate and are silent after they fail; the others creep', () => {
  const moves = [...read('geohazards.csv')].filter(([id]) =>
    ['gnss', 'crack'].includes(String(instrument(id).fields.kind)),
  )
  const failed = moves.filter(([, v]) => {
    const last = v.findLastIndex(x => !Number.isNaN(x))
    return last > 200 && last < STEPS - 10 && v[last] - v[last - 6] > 10 * Math.max(0.2, v[60] - v[54])
  })
  expect(failed.length).toBeGreaterThanOrEqual(1)
  expect(failed.length).toBeLessThanOrEqual(3)
  for (const [id, values] of moves) {
    const all = heard(values)
    if (all.length > 0) expect(all[all.length - 1], id).toBeGreaterThan(all[0] - 3)
  }
})

test('runoff: nothing before the ground is wet, never more than the rain, and no drop lost on the way', () => {
  const rain = new Float64Array(STEPS)
  rain.fill(2, 60, 120)
  const excess = excessMm(rain)
  const fell = rain.reduce((a, b) => a + b, 0)
  const ran = excess.reduce((a, b) => a + b, 0)
  expect(excess.slice(0, 65).every(mm => mm === 0)).toBe(true)
  expect(ran).toBeGreaterThan(20)
  expect(ran).toBeLessThan(fell)
  const km2 = 30
  const dry = flowM3s(new Float64Array(STEPS), km2)
  const flow = flowM3s(rain, km2)
  const m3 = flow.reduce((sum, q, i) => sum + (q - dry[i]) * STEP_MIN * 60, 0)
  expect(m3 / (ran * km2 * 1000)).toBeCloseTo(1, 2)
  const below = routed(flow, 12)
  expect(Math.max(...below)).toBeLessThan(Math.max(...flow))
  expect(below.indexOf(Math.max(...below))).toBeGreaterThan(flow.indexOf(Math.max(...flow)))
  expect(below.reduce((a, b) => a + b, 0) / flow.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2)
  expect(cascade(new Float64Array(10).fill(3), 1, 3)[9]).toBeCloseTo(3, 12)
})

test('a store keeps its water: what came in is what went out and what stands higher', () => {
  const inflow = Float64Array.from({ length: STEPS }, (_, i) => (i > 30 && i < 90 ? 12 : 0.5))
  const area = 80_000
  const { levelM, outM3s } = stored(
    { levelM: 100, lowestM: 99, areaM2: () => area, outM3s: z => Math.max(0, z - 100) * 4 },
    inflow,
  )
  const seconds = STEP_MIN * 60
  const came = inflow.reduce((a, b) => a + b, 0) * seconds
  const went = outM3s.reduce((a, b) => a + b, 0) * seconds
  expect((came - went) / ((levelM[STEPS - 1] - 100) * area)).toBeCloseTo(1, 6)
})

test('depth and flow belong together by Manning’s formula', () => {
  const channel = channelOf(100, 0.01)
  const flow = bankfullM3s(100)
  const h = depthM(channel, flow)
  const v = (Math.cbrt(h * h) * Math.sqrt(channel.slope)) / 0.035
  expect(v * h * channel.widthM).toBeCloseTo(flow, 4)
  expect(depthM(channel, 0)).toBeLessThan(1e-6)
})

test('the same storm again, another by another seed', () => {
  expect([...seriesOf(BRIEF, land, records)]).toEqual([...files])
  expect(seriesOf({ ...BRIEF, seed: 5 }, land, records).get('rain.csv')).not.toBe(files.get('rain.csv'))
})
