import { LAKE, RIVER } from '../county.ts'
import { apartM, cellsAround, lonLatOf, villageNear } from './ground.ts'
import { soon } from './ledger.ts'
import { chance, type Make } from './make.ts'
import { bare, unique } from './naming.ts'
import { drawn, spaced } from './sites.ts'
import { belowSlope, flooded, scaled } from './targets.ts'

/** Gorges, shores and peaks with a road near. */
export function scenicSpotsOf({ ground, ledger, posts, random }: Make): { cell: number }[] {
  const { land } = ground
  const wanted = scaled(ground, 8, 4)
  const names = new Set<string>()
  const gorge = drawn(ground, random, c => {
    if (land.water[c] !== RIVER || land.upstreamKm2[c] < 4 || ground.houseM[c] < 250 || ground.roadM[c] > 900)
      return 0
    let walls = 0
    for (const near of cellsAround(ground, c, 90)) if (land.slopeDeg[near] > 28) walls++
    return walls >= 6 ? 1 : 0
  })
  const shore = drawn(ground, random, c => {
    if (land.water[c] || ground.roadM[c] > 600 || land.slopeDeg[c] > 12) return 0
    for (const near of cellsAround(ground, c, 90)) if (land.water[near] === LAKE) return 1
    return 0
  })
  const high = drawn(ground, random, c =>
    land.aboveWaterM[c] > 150 && ground.roadM[c] < 1500 && land.slopeDeg[c] < 18 && !land.water[c] ? 1 : 0,
  )
  const kinds = [
    { cells: gorge, zh: '峡谷景区', en: ' Gorge', canyon: true },
    { cells: shore, zh: '湖畔景区', en: ' Lakeside', canyon: false },
    { cells: high, zh: '云顶景区', en: ' Heights', canyon: false },
  ]
  const taken: number[] = []
  for (let i = 0; taken.length < wanted && i < 4 * wanted; i++) {
    const { cells, zh, en, canyon } = kinds[i % kinds.length]
    const [cell] = spaced(ground, cells, 1, 2500, taken)
    if (cell === undefined) continue
    taken.push(cell)
    const village = villageNear(ground, cell)
    const post = posts.of('景区负责人')
    const peak = 100 * random.whole(4, 40)
    const name = unique(names, bare(village.name), { zh, en })
    ledger.add('scenicSpots', {
      name,
      at: lonLatOf(ground, cell),
      fields: {
        class: random.pick(['4A', '3A', '3A', '2A', '未评']),
        township: village.township,
        owner: `青岭县${bare(name).zh}旅游开发有限公司（虚构）`,
        peak,
        usual: Math.round(peak * random.between(0.05, 0.2)),
        canyon,
        clearMin: 5 * random.whole(4, 16),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.phone(),
      },
    })
  }
  return taken.map(cell => ({ cell }))
}

/** In villages, the nearer to a scenic spot the likelier. */
export function guestHousesOf(make: Make, spots: readonly { cell: number }[]): void {
  const { ground, ledger, posts, random } = make
  const wanted = scaled(ground, 34, 12)
  const names = new Set<string>()
  const order = ground.people.villages
    .map((village, i) => {
      const near = Math.min(9000, ...spots.map(s => apartM(ground, s.cell, village.cell)))
      const urban = village.kind === 'community' ? 0.5 : 1
      return { village, i, key: -Math.log(1 - random.next()) / (urban * Math.exp(-near / 2500)) }
    })
    .sort((a, b) => a.key - b.key || a.i - b.i)
  for (let n = 0; n < wanted; n++) {
    // The villages most liked have several.
    const { village } = order[Math.floor(n / 2) % order.length]
    const cell = random.pick([...village.houses])
    const post = posts.of('民宿经营者')
    const beds = 2 * random.whole(4, 26)
    const urban = village.kind === 'community'
    const name = unique(
      names,
      bare(village.name),
      urban ? { zh: '宾馆', en: ' Hotel' } : { zh: '民宿', en: ' Guest House' },
    )
    ledger.add('guestHouses', {
      name,
      at: lonLatOf(ground, cell),
      fields: {
        township: village.township,
        village: village.id,
        owner: `${name.zh}（个体工商户）`,
        beds,
        peak: Math.round(beds * random.between(0.7, 1.1)),
        inFloodZone: flooded(ground, cell),
        basement: chance(random, 0.12),
        answerable: post.name,
        answerablePhone: post.phone,
      },
    })
  }
}

const PROJECTS = [
  ['公路改扩建', 'Road Works'],
  ['水库除险加固', 'Dam Repair'],
  ['中学迁建', 'School Building'],
  ['安置小区', 'Housing'],
  ['光伏电站', 'Solar Plant'],
  ['输变电工程', 'Power Line'],
  ['河道治理', 'River Works'],
  ['高标准农田', 'Field Levelling'],
] as const

/** Huts of workers from elsewhere: by the road, at times where a river or a slope can reach them. */
export function buildingSitesOf({ ground, ledger, posts, random }: Make): void {
  const { land } = ground
  const cells = spaced(
    ground,
    drawn(ground, random, c =>
      land.slopeDeg[c] < 9 &&
      !land.water[c] &&
      ground.roadM[c] > 20 &&
      ground.roadM[c] < 250 &&
      ground.houseM[c] < 2500
        ? land.floodPlain[c]
          ? 0.6
          : 1
        : 0,
    ),
    scaled(ground, 18, 8),
    900,
  )
  const names = new Set<string>()
  for (const cell of cells) {
    const village = villageNear(ground, cell)
    const [zh, en] = random.pick(PROJECTS)
    const post = posts.of('项目经理')
    const workers = random.whole(12, 90)
    const name = unique(names, bare(village.name), { zh: `${zh}工棚`, en: ` ${en} Huts` })
    ledger.add('buildingSites', {
      name,
      at: lonLatOf(ground, cell),
      fields: {
        township: village.township,
        owner: `虚构建设集团第 ${random.whole(1, 9)} 项目部`,
        project: `${bare(village.name).zh}${zh}工程`,
        workers,
        huts: Math.ceil(workers / 5),
        lightHuts: chance(random, 0.8),
        inFloodZone: flooded(ground, cell),
        belowSlope: belowSlope(ground, cell),
        until: soon(random, 500),
        answerable: post.name,
        answerablePhone: post.phone,
      },
    })
  }
}
