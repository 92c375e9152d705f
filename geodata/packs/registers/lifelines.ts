import type { Bridge } from '../county.ts'
import { apartM, cellOf, cellsAround, downstream, type Ground, lonLatOf, villageNear } from './ground.ts'
import { lately } from './ledger.ts'
import { chance, type Make, round1, weighted } from './make.ts'
import { bare, unique } from './naming.ts'
import { riverAt } from './reservoirs.ts'
import { best } from './sites.ts'
import { siteNear } from './teams.ts'

/** One landing place for each township and two in the county town: level, open, no house within 45 m. */
export function helipadsOf({ ground, ledger, posts, random }: Make): void {
  const { land, people } = ground
  const taken: number[] = []
  const names = new Set<string>()
  for (const township of [...people.townships, people.townships[0], people.townships[2]]) {
    const cell = [3, 5, 7]
      .map(slope =>
        best(cellsAround(ground, township.cell, 3000), c => {
          if (!land.inside[c] || land.water[c] || land.slopeDeg[c] > slope || ground.houseM[c] < 45)
            return Infinity
          if (ground.roadM[c] > 400 || land.aboveWaterM[c] < 1 || taken.some(t => apartM(ground, t, c) < 400))
            return Infinity
          return apartM(ground, c, township.cell) + 60 * land.slopeDeg[c] + ground.roadM[c]
        }),
      )
      .find(c => c >= 0)
    if (cell === undefined) continue
    taken.push(cell)
    const kind = taken.length === 1 ? 'pad' : random.pick(['yard', 'square', 'field', 'field'])
    const post = posts.of('起降点看护员')
    const length = 5 * random.whole(8, 20)
    ledger.add('helipads', {
      name: unique(names, bare(township.name), { zh: '直升机起降点', en: ' Landing Place' }),
      at: lonLatOf(ground, cell),
      fields: {
        kind,
        township: villageNear(ground, cell).township,
        lengthM: length,
        widthM: Math.max(30, length - 5 * random.whole(0, 4)),
        elevationM: round1(land.heightM[cell]),
        slopeDeg: round1(land.slopeDeg[cell]),
        maxT: random.pick([4, 6, 6, 13]),
        obstacles: random.pick(['无', '东侧 10 千伏线', '北侧杨树', '旗杆一根', '西侧照明灯杆']),
        night: kind === 'pad' || chance(random, 0.2),
        surveyed: lately(random, 400),
        answerable: post.name,
        answerablePhone: post.phone,
      },
    })
  }
}

const OWNER: Record<string, string> = {
  motorway: '高速公路管理公司（虚构）',
  national: '青岭县公路管理段',
  provincial: '青岭县公路管理段',
  county: '青岭县地方公路管理站',
}

/** Every bridge of the network within the county: the map and the register agree. */
export function bridgesOf({ ground, ledger, posts, random }: Make): void {
  const names = new Set<string>()
  for (const bridge of ground.network.bridges) {
    const cell = cellOf(ground, bridge.at)
    if (cell < 0 || !ground.land.inside[cell]) continue
    const tags = ground.network.ways[bridge.way]?.tags ?? {}
    const post = posts.of('桥梁养护工程师', bridge.roadClass)
    ledger.add('bridges', {
      name: unique(names, bridge.name, { zh: '', en: '' }),
      at: bridge.at,
      fields: {
        road: tags.ref ?? tags.name,
        river: riverAt(ground, cell),
        township: villageNear(ground, cell).township,
        lengthM: round1(bridge.lengthM),
        maxWeightT: bridge.maxWeightT ?? undefined,
        condition: conditionOf(bridge, random),
        built: random.whole(bridge.roadClass === 'motorway' ? 2008 : 1976, 2024),
        carries: bridge.carries.length > 0 ? bridge.carries : undefined,
        owner: OWNER[bridge.roadClass] ?? `${townshipName(ground, cell)}人民政府`,
        answerable: post.name,
        answerablePhone: post.phone,
      },
    })
  }
}
const conditionOf = (bridge: Bridge, random: Make['random']): string =>
  bridge.maxWeightT !== null && bridge.maxWeightT < 20
    ? weighted(random, [
        ['3', 60],
        ['4', 32],
        ['5', 8],
      ])
    : weighted(random, [
        ['1', 40],
        ['2', 45],
        ['3', 14],
        ['4', 1],
      ])

const townshipName = (ground: Ground, cell: number): string => {
  const id = villageNear(ground, cell).township
  return ground.people.townships.find(t => t.id === id)!.name.zh
}

/** Substations by voltage, hydropower below the larger dams, one solar plant. */
export function powerStationsOf({ ground, ledger, posts, random }: Make): void {
  const { land, people } = ground
  const taken: number[] = []
  const names = new Set<string>()
  const county = people.villages.reduce((sum, v) => sum + v.people, 0)
  const add = (
    cell: number,
    kind: string,
    kV: number,
    mw: number,
    zh: string,
    en: string,
    share: number,
  ): void => {
    taken.push(cell)
    const village = villageNear(ground, cell)
    const post = posts.of('站长')
    ledger.add('powerStations', {
      name: unique(names, bare(people.townships.find(t => t.id === village.township)!.name), {
        zh,
        en: ` ${en}`,
      }),
      at: lonLatOf(ground, cell),
      fields: {
        kind,
        owner: kind === 'substation' ? '青岭供电公司（虚构）' : '青岭新能源有限公司（虚构）',
        township: village.township,
        kV,
        capacityMW: mw,
        supplies:
          kind === 'substation'
            ? random.pick(['城区及周边', '矿区', '南片乡镇', '北片乡镇', '东片乡镇', '西片乡镇'])
            : '并网',
        people: kind === 'substation' ? Math.round(county * share) : 0,
        inFloodZone: land.floodPlain[cell] === 1,
        operator: post.name,
        operatorPhone: post.phone,
        dutyPhone: posts.phone(),
      },
    })
  }
  const seat = people.townships[0].cell
  add(
    siteNear(ground, shifted(ground, seat, 1900), taken),
    'substation',
    220,
    360,
    '220 千伏变电站',
    '220 kV Substation',
    0.9,
  )
  for (const [i, township] of people.townships.entries()) {
    if (i % 5 === 1)
      add(
        siteNear(ground, township.cell, taken),
        'substation',
        110,
        100,
        '110 千伏变电站',
        '110 kV Substation',
        0.3,
      )
    else if (i % 2 === 0 && i > 4) {
      add(
        siteNear(ground, township.cell, taken, chance(random, 0.7)),
        'substation',
        35,
        20,
        '35 千伏变电站',
        '35 kV Substation',
        0.06,
      )
    }
  }
  const dams = land.reservoirs
    .map((r, i) => ({ r, i }))
    .sort((a, b) => b.r.totalMm3 - a.r.totalMm3 || a.i - b.i)
  for (const { r } of dams.slice(0, 2)) {
    const below = downstream(ground, r.damCell, 400)
    add(
      siteNear(ground, below[below.length - 1], taken, false),
      'hydro',
      10,
      round1(0.8 + 0.02 * r.catchmentKm2),
      '水电站',
      'Hydropower Station',
      0,
    )
  }
  const open = best(cellsAround(ground, seat, 9000), c =>
    land.inside[c] &&
    !land.water[c] &&
    land.slopeDeg[c] < 14 &&
    land.slopeDeg[c] > 3 &&
    ground.houseM[c] > 400 &&
    ground.roadM[c] < 500
      ? apartM(ground, c, seat)
      : Infinity,
  )
  if (open >= 0) add(open, 'solar', 110, 50, '光伏电站', 'Solar Plant', 0)
}

function shifted(ground: Ground, cell: number, metres: number): number {
  const { land } = ground
  const found = best(cellsAround(ground, cell, 2 * metres), c =>
    land.inside[c] && ground.houseM[c] > 120 && !land.floodPlain[c] && ground.roadM[c] < 300
      ? Math.abs(apartM(ground, c, cell) - metres)
      : Infinity,
  )
  return found >= 0 ? found : cell
}
