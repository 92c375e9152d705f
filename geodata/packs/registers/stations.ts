import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { apartM, cellsAround, lonLatOf, villageNear } from './ground.ts'
import { lately } from './ledger.ts'
import { chance, type Make, round1, weighted } from './make.ts'
import { bare, unique } from './naming.ts'
import { best, drawn, tooFew } from './sites.ts'

export const STATES = [
  ['online', 90],
  ['late', 6],
  ['silent', 4],
] as const
const WEATHER = 25
const SEISMIC = 3

export interface Station {
  id: string
  cell: number
  at: LonLat
}

/** 25 stations: the national one by the county town, one at each other seat, the rest where no station is near. */
export function weatherStationsOf({ ground, ledger, posts, random }: Make): Station[] {
  const { land, people } = ground
  const open = (cell: number): boolean =>
    land.inside[cell] === 1 && !land.water[cell] && land.slopeDeg[cell] <= 12 && ground.houseM[cell] >= 40
  const cells = people.townships.map(t =>
    best(cellsAround(ground, t.cell, 1500), c =>
      open(c) && ground.roadM[c] <= 300 ? apartM(ground, c, t.cell) : Infinity,
    ),
  )
  // Far from the others and rather high: that is where the rain is.
  const candidates = drawn(ground, random, cell =>
    land.slopeDeg[cell] <= 20 && !land.water[cell] && ground.roadM[cell] <= 900 ? 1 : 0,
  ).slice(0, 3000)
  while (cells.length < WEATHER) {
    const next = best(
      candidates,
      c => -Math.min(...cells.map(o => apartM(ground, o, c))) - 2 * land.aboveWaterM[c],
    )
    if (next < 0) throw tooFew({ zh: '25 个气象站', en: '25 weather stations' })
    cells.push(next)
  }
  const names = new Set<string>()
  return cells.map((cell, i) => {
    const place = cell < 0 ? people.townships[i].cell : cell
    const seat = people.townships[i]
    const stem = bare(seat ? seat.name : villageNear(ground, place).name)
    const keeper = posts.of('气象信息员')
    const state = i === 0 ? 'online' : weighted(random, STATES)
    const at = lonLatOf(ground, place)
    const id = ledger.add('weatherStations', {
      name:
        i === 0
          ? { zh: '青岭国家气象站', en: 'Qingling National Station' }
          : unique(names, stem, { zh: '区域站', en: ' Station' }),
      at,
      fields: {
        kind: i === 0 ? 'national' : 'regional',
        township: villageNear(ground, place).township,
        elevationM: round1(land.heightM[place]),
        elements:
          i === 0
            ? ['雨量', '气温', '风', '湿度', '气压', '能见度']
            : chance(random, 0.5)
              ? ['雨量', '气温', '风']
              : ['雨量'],
        intervalMin: i === 0 ? 1 : 5,
        state,
        lastData: state === 'silent' ? lately(random, 60) : lately(random, 0),
        answerable: keeper.name,
        answerablePhone: keeper.phone,
      },
    })
    return { id, cell: place, at }
  })
}

export function nearestOf<T extends { at: LonLat }>(list: readonly T[], at: LonLat): T {
  return list.reduce((a, b) => (distanceM(b.at, at) < distanceM(a.at, at) ? b : a))
}

/** Three instruments as far apart as roads and rock allow. */
export function seismicStationsOf({ ground, ledger, posts, random }: Make): void {
  const { land } = ground
  const rock = drawn(ground, random, cell =>
    land.slopeDeg[cell] >= 4 &&
    land.slopeDeg[cell] <= 20 &&
    !land.floodPlain[cell] &&
    ground.roadM[cell] <= 600 &&
    ground.houseM[cell] >= 150
      ? 1
      : 0,
  ).slice(0, 2000)
  const cells: number[] = []
  for (let n = 0; n < SEISMIC; n++) {
    const next = best(rock, c =>
      n === 0
        ? apartM(ground, c, ground.people.townships[0].cell)
        : -Math.min(...cells.map(o => apartM(ground, o, c))),
    )
    if (next < 0) throw tooFew({ zh: '3 个地震仪', en: '3 seismic stations' })
    cells.push(next)
  }
  const names = new Set<string>()
  for (const [i, cell] of cells.entries()) {
    const village = villageNear(ground, cell)
    const keeper = posts.of('地震台站维护员')
    ledger.add('seismicStations', {
      name: unique(names, bare(village.name), {
        zh: i === 0 ? '基本站' : '烈度仪',
        en: i === 0 ? ' Seismic Station' : ' Intensity Meter',
      }),
      at: lonLatOf(ground, cell),
      fields: {
        kind: i === 0 ? 'basic' : 'intensity',
        township: village.township,
        elevationM: round1(land.heightM[cell]),
        ground: '基岩',
        state: 'online',
        lastData: lately(random, 0),
        answerable: keeper.name,
        answerablePhone: keeper.phone,
      },
    })
  }
}
