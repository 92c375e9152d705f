import type { LonLat } from '../../../server/contract/geo.ts'
import { type Ground, lonLatOf, villageNear } from './ground.ts'
import { cellsIn, type GeohazardKind, type HazardArea } from './hazard-areas.ts'
import { lately } from './ledger.ts'
import { chance, type Make, round1, weighted } from './make.ts'
import { bare, unique } from './naming.ts'
import type { Refuges } from './refuges.ts'
import { tooFew } from './sites.ts'
import { type Shelter, shelterNear } from './shelters.ts'

const POINTS = 164
const AUTOMATIC = 73
const WALK_KMH = 3
/** Points whose people would walk further are taken only when there are no others. */
const LONG_WALK_M = 2500

const WORDS: Record<GeohazardKind, { zh: string; en: string; depthM: number; triggers: string[] }> = {
  landslide: { zh: '滑坡', en: 'Landslide', depthM: 6, triggers: ['降雨', '切坡建房'] },
  rockfall: { zh: '崩塌', en: 'Rockfall', depthM: 2.5, triggers: ['降雨', '冻融', '地震'] },
  debrisFlow: { zh: '泥石流', en: 'Debris Flow', depthM: 3, triggers: ['短时强降雨', '沟道堆积'] },
  collapse: { zh: '地面塌陷', en: 'Ground Collapse', depthM: 5, triggers: ['采矿', '降雨'] },
  fissure: { zh: '地裂缝', en: 'Fissure', depthM: 4, triggers: ['采矿', '地震'] },
}
const SIDES = ['东坡', '后山', '西坡', '沟口', '南坡', '路上方', '北坡'] as const
const SIDES_EN = [
  'East Slope',
  'Back Hill',
  'West Slope',
  'Gully Mouth',
  'South Slope',
  'Above the Road',
  'North Slope',
]

interface Found {
  area: HazardArea
  way: NonNullable<ReturnType<Refuges['from']>>
}

/** What one point needs beside its row, for instruments and series. */
export interface GeohazardPoint {
  id: string
  at: LonLat
  kind: GeohazardKind
  automatic: boolean
  people: number
  slopeDeg: number
  name: { zh: string; en: string }
  stability: string
}

/**
 * The 164 points: the areas in their order, without those that no road leads away from; the 73 with most people
 * below them are watched by instruments.
 * @throws Refusal no_room
 */
export function geohazardPointsOf(
  make: Make,
  areas: readonly HazardArea[],
  refuges: Refuges,
  shelters: readonly Shelter[],
): GeohazardPoint[] {
  const { ground, ledger, posts, random } = make
  const found: Found[] = []
  const late: Found[] = []
  for (const area of areas) {
    if (found.length === POINTS) break
    const way = refuges.from(threatened(ground, area), area.ring)
    if (way) (way.lengthM <= LONG_WALK_M ? found : late).push({ area, way })
  }
  found.push(...late.slice(0, POINTS - found.length))
  if (found.length < POINTS) throw tooFew({ zh: `${POINTS} 处地质灾害点`, en: `${POINTS} geohazard points` })
  const watched = new Set(
    [...found.keys()]
      .sort((a, b) => found[b].area.people - found[a].area.people || a - b)
      .slice(0, AUTOMATIC),
  )
  const names = new Set<string>()
  return found.map(({ area, way }, i) => {
    const words = WORDS[area.kind]
    const village = villageNear(ground, area.target)
    const side = random.whole(0, SIDES.length - 1)
    const stem = bare(village.name)
    const name = unique(
      names,
      { zh: `${stem.zh}${SIDES[side]}`, en: `${stem.en} ${SIDES_EN[side]}` },
      { zh: words.zh, en: ` ${words.en}` },
    )
    const people = Math.round(area.people)
    const volumeWanM3 = Math.max(
      0.1,
      round1((area.squareM * 0.45 * words.depthM * random.between(0.6, 1.4)) / 1e4),
    )
    const monitor = posts.of('监测员')
    const head = posts.of(village.kind === 'community' ? '社区书记' : '村支书', village.id)
    const town = posts.of(
      ground.people.townships.some(t => t.id === village.township && t.kind === 'town')
        ? '副镇长'
        : '街道副主任',
      village.township,
    )
    const automatic = watched.has(i)
    const stability = weighted(random, [
      ['fair', 34],
      ['poor', 46],
      ['unstable', 20],
    ] as const)
    const households = Math.ceil(people / 3)
    const at = lonLatOf(ground, area.cell)
    const id = ledger.add('geohazardPoints', {
      name,
      at,
      fields: {
        kind: area.kind,
        township: village.township,
        village: village.id,
        volumeWanM3,
        area: [...area.ring.points],
        stability,
        triggers: words.triggers,
        households,
        people,
        propertyWan: households * random.whole(12, 30) + random.whole(10, 90),
        level: levelOf(people),
        monitor: monitor.name,
        monitorPhone: monitor.phone,
        answerable: head.name,
        answerablePhone: head.phone,
        townAnswerable: town.name,
        townPhone: town.phone,
        phoneTested: chance(random, 0.1) ? undefined : lately(random, 160),
        automatic,
        means: automatic
          ? ['人工巡查', ...INSTRUMENTS[area.kind]]
          : ['人工巡查', random.pick(['裂缝尺', '简易雨量筒'])],
        signal: random.pick(['铜锣急敲', '手摇报警器长鸣', '大喇叭喊话并敲锣', '口哨三短一长']),
        wayOut: way.line,
        wayOutMin: Math.max(1, Math.ceil((way.lengthM / 1000 / WALK_KMH) * 60)),
        refuge: way.refuge.id,
        shelter: shelterNear(shelters, way.refuge.at).id,
        works:
          people >= 50
            ? random.pick(['planned', 'building', 'done'])
            : weighted(random, [
                ['none', 82],
                ['planned', 12],
                ['done', 6],
              ]),
        inspected: lately(random, 40),
        state: 'listed',
      },
    })
    return { id, at, kind: area.kind, automatic, people, slopeDeg: area.slopeDeg, name, stability }
  })
}
const INSTRUMENTS: Record<GeohazardKind, string[]> = {
  landslide: ['GNSS', '雨量计'],
  rockfall: ['裂缝计', '倾角计'],
  debrisFlow: ['泥位计', '雨量计'],
  collapse: ['裂缝计'],
  fissure: ['裂缝计'],
}

/** 1 the highest, by people to move. */
const levelOf = (people: number): string =>
  people >= 1000 ? '1' : people >= 500 ? '2' : people >= 100 ? '3' : '4'

/** The middle of those who live in the area; the place below the slope when nobody does. */
function threatened(ground: Ground, { ring, target }: HazardArea): LonLat {
  const below = lonLatOf(ground, target)
  let [lon, lat, sum] = [0, 0, 0]
  for (const cell of cellsIn(ground, ring)) {
    const at = lonLatOf(ground, cell)
    lon += at[0] * ground.perCell[cell]
    lat += at[1] * ground.perCell[cell]
    sum += ground.perCell[cell]
  }
  return sum > 0 ? [lon / sum, lat / sum] : below
}
