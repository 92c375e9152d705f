import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Brief, Land } from '../county.ts'
import { Random } from '../random.ts'
import { ponds } from './ponds.ts'
import { slopes } from './slopes.ts'
import { hourOf, STEP_MIN, STEPS, Storm, STORM_STARTS } from './storm.ts'
import { type Readings, waters } from './waters.ts'

/** Digits behind the point, by what is measured. */
const DIGITS: Record<string, number> = {
  rain: 1,
  stage: 2,
  reservoirLevel: 2,
  pondLevel: 2,
  beach: 0,
  phreatic: 2,
  damShift: 1,
  gnss: 1,
  crack: 2,
  tilt: 3,
  mud: 2,
}

/** Of the instruments that send, one in so many falls silent for a while in the night of the main rain. */
const CUT_OFF = 0.07
const CUT_H = { from: 34, to: 44, least: 3, most: 22 }

/**
 * What the county's instruments read over the 72 hours of a storm, every ten minutes: five tables with `time`
 * (UTC) first and a column for each instrument or station by its id; a blank is no data, never 0.
 * @returns file name and text, the same for the same seed
 */
export function seriesOf(
  brief: Brief,
  land: Land,
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
): Map<string, string> {
  const storm = new Storm(brief)
  const stations = records.get('weatherStations') ?? []
  const instruments = records.get('instruments') ?? []
  const rain: Readings = new Map(stations.map(s => [s.id, storm.rainMm(placeOf(s, records))]))
  const water = waters(storm, land, records)
  const pond = ponds(brief.seed, storm, records)
  const slope = slopes(brief.seed, storm, records)
  const kindOf = new Map([
    ...stations.map(s => [s.id, 'rain'] as const),
    ...instruments.map(i => [i.id, String(i.fields.kind)] as const),
  ])
  const silent = new Set(
    [...stations, ...instruments].filter(r => r.fields.state === 'silent').map(r => r.id),
  )
  const random = new Random(brief.seed, 'silence')
  const write = (readings: Readings): string => table(readings, kindOf, silent, random)
  const only = (readings: Readings, ...kinds: string[]): Readings =>
    new Map([...readings].filter(([id]) => kinds.includes(kindOf.get(id) ?? '')))
  return new Map([
    ['rain.csv', write(rain)],
    ['river-stage.csv', write(only(water, 'stage'))],
    ['reservoir-level.csv', write(only(water, 'reservoirLevel'))],
    ['tailings-ponds.csv', write(pond)],
    ['geohazards.csv', write(slope)],
  ])
}

function table(
  readings: Readings,
  kindOf: ReadonlyMap<string, string>,
  silent: ReadonlySet<string>,
  random: Random,
): string {
  const byId = [...readings].sort(([a], [b]) => (a < b ? -1 : 1))
  const columns = byId.map(([id, values]) => {
    const cut = random.next() < CUT_OFF
    const from = random.between(CUT_H.from, CUT_H.to)
    const until = from + random.between(CUT_H.least, CUT_H.most)
    const digits = DIGITS[kindOf.get(id) ?? ''] ?? 2
    const away = (hour: number): boolean => silent.has(id) || (cut && hour >= from && hour < until)
    return { id, values, digits, away, rest: 0 }
  })
  const start = Date.parse(STORM_STARTS)
  const lines = [['time', ...columns.map(c => c.id)].join(',')]
  for (let i = 0; i < STEPS; i++) {
    const time = new Date(start + i * STEP_MIN * 60_000).toISOString().replace('.000Z', 'Z')
    const cells = columns.map(c => {
      // A rain gauge tips by tenths of a millimetre: what is left over counts in the next step.
      let value = c.values[i]
      if (kindOf.get(c.id) === 'rain') {
        value += c.rest
        c.rest = value - Math.floor(value * 10 + 1e-9) / 10
        value -= c.rest
      }
      return Number.isNaN(value) || c.away(hourOf(i)) ? '' : plain(value, c.digits)
    })
    lines.push([time, ...cells].join(','))
  }
  return `${lines.join('\n')}\n`
}

/** Where a station stands; its township's seat when its own position is not known. */
function placeOf(station: RegisterRecord, records: ReadonlyMap<string, readonly RegisterRecord[]>): LonLat {
  if (station.at) return station.at
  const seat = records.get('townships')?.find(t => t.id === station.fields.township)
  return seat?.at ?? [0, 0]
}

/** Never "-0.0". */
const plain = (value: number, digits: number): string =>
  value.toFixed(digits).replace(/^-(0(?:\.0*)?)$/, '$1')
