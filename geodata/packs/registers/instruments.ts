import type { LonLat } from '../../../server/contract/geo.ts'
import { RIVER } from '../county.ts'
import { bankfullM3s, channelOf, depthM } from '../series/rating.ts'
import type { GeohazardPoint } from './geohazards.ts'
import { apartM, cellsAround, downstream, type Ground, lonLatOf } from './ground.ts'
import { CLOSED, daysBefore, type Fields, lately } from './ledger.ts'
import { type Make, round1, round2, weighted } from './make.ts'
import type { PondSite } from './pond-sites.ts'
import type { ReservoirRow } from './reservoirs.ts'
import { best } from './sites.ts'
import { STATES } from './stations.ts'

const KIND: Record<string, { zh: string; en: string; unit: string; every: number }> = {
  pondLevel: { zh: '库水位计', en: 'Pond Level', unit: '米', every: 10 },
  beach: { zh: '干滩测量仪', en: 'Dry Beach', unit: '米', every: 10 },
  phreatic: { zh: '浸润线孔', en: 'Phreatic Line', unit: '米', every: 10 },
  damShift: { zh: '坝体位移测点', en: 'Dam Shift', unit: '毫米', every: 10 },
  rain: { zh: '雨量计', en: 'Rain Gauge', unit: '毫米', every: 10 },
  gnss: { zh: 'GNSS 测点', en: 'GNSS', unit: '毫米', every: 10 },
  crack: { zh: '裂缝计', en: 'Crack Gauge', unit: '毫米', every: 10 },
  tilt: { zh: '倾角计', en: 'Tiltmeter', unit: '度', every: 10 },
  mud: { zh: '泥位计', en: 'Debris Level', unit: '米', every: 10 },
  reservoirLevel: { zh: '水位计', en: 'Level', unit: '米', every: 10 },
  stage: { zh: '水位站', en: 'Stage', unit: '米', every: 10 },
}

type Steps = readonly [blue: number, yellow: number, orange: number, red: number]
/** Where the designer's values are not known, the usual ones; general knowledge, to be checked. */
const USUAL: Record<string, Steps> = {
  damShift: [10, 20, 30, 40],
  rain: [20, 30, 40, 50],
  gnss: [10, 20, 40, 60],
  crack: [5, 10, 20, 30],
  tilt: [0.5, 1, 2, 3],
  mud: [0.5, 1, 1.5, 2],
}

/** What stands on each pond and on each kind of geohazard point. */
const ON_POND = ['pondLevel', 'beach', 'phreatic', 'phreatic', 'damShift', 'damShift', 'rain'] as const
const ON_POINT: Record<GeohazardPoint['kind'], readonly string[]> = {
  landslide: ['gnss', 'rain'],
  rockfall: ['crack', 'tilt'],
  debrisFlow: ['mud', 'rain'],
  collapse: ['crack'],
  fissure: ['crack'],
}

export function instrumentsOf(
  make: Make,
  ponds: readonly { id: string; site: PondSite }[],
  points: readonly GeohazardPoint[],
  reservoirs: readonly ReservoirRow[],
): void {
  const { ground, ledger } = make
  const names = new Set<string>()
  const add = adder(make, names)
  for (const { id, site } of ponds) {
    const pond = ledger.of('tailingsPonds').find(r => r.id === id)!
    const number = (key: string): number => pond.fields[key] as number
    const design = number('designLevelM')
    const beach = number('minBeachM')
    const own: Record<string, Steps> = {
      pondLevel: [round1(design - 1), round1(design - 0.6), round1(design - 0.3), design],
      beach: [2 * beach, round1(1.5 * beach), round1(1.2 * beach), beach],
      phreatic: [6, 5, 4, 3],
    }
    for (const kind of ON_POND) {
      add(kind, pond.name, pond.nameEn!, lonLatOf(ground, site.dam), own[kind] ?? USUAL[kind], {
        pond: id,
        zeroM: kind === 'pondLevel' ? 0 : undefined,
        alarmWhen: kind === 'beach' || kind === 'phreatic' ? 'below' : 'above',
        owner: pond.fields.owner,
      })
    }
  }
  for (const point of points) {
    if (!point.automatic) continue
    for (const kind of ON_POINT[point.kind]) {
      add(kind, point.name.zh, point.name.en, point.at, USUAL[kind], {
        point: point.id,
        alarmWhen: 'above',
        owner: '青岭县自然资源局',
      })
    }
  }
  for (const { id, index } of reservoirs) {
    const { name, damCell, limitM, designM, checkM } = ground.land.reservoirs[index]
    const steps = [limitM, (limitM + designM) / 2, designM, checkM].map(round2) as unknown as Steps
    add('reservoirLevel', name.zh, name.en, lonLatOf(ground, damCell), steps, {
      reservoir: id,
      zeroM: 0,
      alarmWhen: 'above',
      owner: '青岭县水利局',
    })
  }
  for (const cell of gauges(ground)) {
    const river = ground.land.rivers[ground.river[cell]]
    const km2 = ground.land.upstreamKm2[cell]
    const channel = channelOf(km2, fallOf(ground, cell))
    const steps = [0.5, 1, 1.7, 2.6].map(f =>
      round2(depthM(channel, f * bankfullM3s(km2))),
    ) as unknown as Steps
    add('stage', river.name.zh, river.name.en, lonLatOf(ground, cell), steps, {
      river: river.name.zh,
      zeroM: round1(ground.land.heightM[cell]),
      alarmWhen: 'above',
      owner: '青岭县水利局',
    })
  }
}

function adder({ ledger, posts, random }: Make, names: Set<string>) {
  return (kind: string, zh: string, en: string, at: LonLat, steps: Steps, more: Fields): void => {
    const words = KIND[kind]
    const keeper = posts.of('监测运维员', String(ledger.of('instruments').length % 9))
    const state = weighted(random, STATES)
    let [no, name] = [1, { zh: zh + words.zh, en: `${en} ${words.en}` }]
    while (names.has(name.zh)) name = { zh: `${zh}${words.zh}${++no}`, en: `${en} ${words.en} ${no}` }
    names.add(name.zh)
    ledger.add('instruments', {
      name,
      // Beside one another, some metres apart.
      at: [at[0] + random.whole(-3, 3) * 5e-5, at[1] + random.whole(-3, 3) * 4e-5],
      fields: {
        kind,
        unit: words.unit,
        blue: steps[0],
        yellow: steps[1],
        orange: steps[2],
        red: steps[3],
        intervalMin: words.every,
        installed: daysBefore(CLOSED, random.whole(120, 1900)),
        state,
        lastData: state === 'silent' ? lately(random, 90) : lately(random, 0),
        keeper: keeper.name,
        keeperPhone: keeper.phone,
        public: random.next() < 0.85,
        ...more,
      },
    })
  }
}

const GAUGES = 10

/** On the largest river near each seat, the larger the sooner; 2 km from one another. */
function gauges(ground: Ground): number[] {
  const { land, people } = ground
  const near = people.townships
    .map(t =>
      best(cellsAround(ground, t.cell, 2500), c => (gaugeable(ground, c) ? -land.upstreamKm2[c] : Infinity)),
    )
    .filter(cell => cell >= 0)
    .sort((a, b) => land.upstreamKm2[b] - land.upstreamKm2[a] || a - b)
  const out: number[] = []
  for (const cell of near) {
    if (out.length < GAUGES && out.every(o => apartM(ground, o, cell) > 2000)) out.push(cell)
  }
  return out
}

const gaugeable = ({ land, river }: Ground, cell: number): boolean =>
  land.inside[cell] === 1 && land.water[cell] === RIVER && river[cell] >= 0 && land.upstreamKm2[cell] >= 4

/** The river's fall over the next 600 m. */
export function fallOf(ground: Ground, cell: number): number {
  const path = downstream(ground, cell, 600)
  const last = path[path.length - 1]
  const metres = Math.max(60, apartM(ground, cell, last))
  return Math.max(0, ground.land.heightM[cell] - ground.land.heightM[last]) / metres
}
