import type { Text } from '../../../server/contract/errors.ts'
import { apartM, cellsAround, type Ground, lonLatOf, villageNear } from './ground.ts'
import { chance, type Make, shared } from './make.ts'
import { bare } from './naming.ts'
import { best } from './sites.ts'

/** People of all nineteen teams. */
const PEOPLE = 1024
const TOWNSHIP_TEAM = { least: 20, most: 50 }

export interface Team {
  id: string
  kind: 'fire' | 'forest' | 'mine' | 'rescue' | 'township'
  cell: number
  people: number
  name: Text
}

interface Draft {
  kind: Team['kind']
  name: Text
  cell: number
  people: number
  onDuty: number
  capabilities: string[]
  owner: string
  /** Minutes to turn out by day and by night. */
  turnout: [number, number]
  hours: number
}

/**
 * Two fire brigades (the county town and the town furthest from it), the forest-fire brigade at the edge of the
 * county town, mine rescue nearest to all mines, the chemical park's team at the park, and one team at each of
 * the fourteen seats. 1,024 people in all.
 */
export function teamsOf(make: Make, mines: readonly number[], park: number): Team[] {
  const { ground, random } = make
  const { townships } = ground.people
  const seat = townships[0].cell
  const towns = townships.filter(t => t.kind === 'town')
  const far = towns.reduce((a, b) => (apartM(ground, b.cell, seat) > apartM(ground, a.cell, seat) ? b : a))
  const nearMines = towns.reduce((a, b) =>
    sumM(ground, b.cell, mines) < sumM(ground, a.cell, mines) ? b : a,
  )
  const taken: number[] = []
  const site = (cell: number): number => {
    const found = siteNear(ground, cell, taken)
    taken.push(found)
    return found
  }
  const special: Draft[] = [
    brigade(random, '青岭县消防救援大队城区站', 'Qingling Fire Brigade, Town Station', site(seat), [58, 72]),
    brigade(
      random,
      `青岭县消防救援大队${bare(far.name).zh}站`,
      `Qingling Fire Brigade, ${bare(far.name).en} Station`,
      site(far.cell),
      [44, 56],
    ),
    {
      kind: 'forest',
      name: { zh: '青岭县森林消防专业队', en: 'Qingling Forest-Fire Brigade' },
      cell: site(townships[Math.min(4, townships.length - 1)].cell),
      people: random.whole(126, 150),
      onDuty: 0.5,
      capabilities: ['forestFire', 'evacuation', 'drone', 'roadClearing'],
      owner: '青岭县林业和草原局',
      turnout: [5, 10],
      hours: 24,
    },
    {
      kind: 'mine',
      name: { zh: '青岭县矿山救护大队', en: 'Qingling Mine Rescue Brigade' },
      cell: site(nearMines.cell),
      people: random.whole(124, 150),
      onDuty: 0.45,
      capabilities: ['mineRescue', 'extrication', 'lifeDetection', 'drainage', 'medical', 'highAngle'],
      owner: '青岭县应急管理局',
      turnout: [1, 1],
      hours: 12,
    },
    {
      kind: 'rescue',
      name: { zh: '青岭化工园区危化品救援队', en: 'Qingling Chemical Park Rescue Team' },
      cell: site(park),
      people: random.whole(54, 70),
      onDuty: 0.4,
      capabilities: ['hazmat', 'fireFighting', 'extrication'],
      owner: '青岭化工园区管理委员会',
      turnout: [3, 5],
      hours: 12,
    },
  ]
  const left = PEOPLE - special.reduce((sum, t) => sum + t.people, 0)
  const weights = townships.map(() => random.between(0.75, 1.15))
  const sizes = shared(left, weights, TOWNSHIP_TEAM.least, TOWNSHIP_TEAM.most)
  const local = townships.map((township, i): Draft => {
    const office = `${township.name.zh}${township.kind === 'town' ? '人民政府' : '办事处'}`
    const more = ['drainage', 'roadClearing', 'geohazard', 'forestFire', 'comms', 'power', 'waterRescue']
    return {
      kind: 'township',
      name: { zh: `${bare(township.name).zh}综合应急救援队`, en: `${bare(township.name).en} Rescue Team` },
      cell: site(township.cell),
      people: sizes[i],
      onDuty: 0.25,
      capabilities: ['evacuation', ...random.shuffle(more).slice(0, random.whole(2, 4))],
      owner: office,
      turnout: [random.whole(8, 15), random.whole(15, 28)],
      hours: 10,
    }
  })
  return [...special, ...local].map(draft => addTeam(make, draft))
}

function brigade(
  random: Make['random'],
  zh: string,
  en: string,
  cell: number,
  [lo, hi]: [number, number],
): Draft {
  return {
    kind: 'fire',
    name: { zh, en },
    cell,
    people: random.whole(lo, hi),
    onDuty: 0.6,
    capabilities: [
      'fireFighting',
      'extrication',
      'lifeDetection',
      'waterRescue',
      'highAngle',
      'hazmat',
      'drainage',
    ],
    owner: '青岭县消防救援大队',
    turnout: [1, 1],
    hours: 12,
  }
}

function addTeam({ ground, ledger, posts, random }: Make, draft: Draft): Team {
  const leader = posts.of('队长')
  const id = ledger.add('teams', {
    name: draft.name,
    at: lonLatOf(ground, draft.cell),
    fields: {
      kind: draft.kind,
      owner: draft.owner,
      township: villageNear(ground, draft.cell).township,
      people: draft.people,
      onDuty: Math.max(5, Math.round(draft.people * draft.onDuty * random.between(0.85, 1.1))),
      capabilities: draft.capabilities,
      grade: draft.kind === 'township' ? (chance(random, 0.7) ? '3' : undefined) : random.pick(['1', '2']),
      turnoutDayMin: draft.turnout[0],
      turnoutNightMin: draft.turnout[1],
      maxHours: draft.hours,
      leader: leader.name,
      leaderPhone: leader.phone,
      dutyPhone: posts.phone(),
      dutyPhone2: posts.phone(),
      state: 'ready',
      radio: `青岭 ${String(ledger.of('teams').length + 1).padStart(2, '0')}`,
    },
  })
  return { id, kind: draft.kind, cell: draft.cell, people: draft.people, name: draft.name }
}

const sumM = (ground: Ground, cell: number, others: readonly number[]): number =>
  others.reduce((sum, o) => sum + apartM(ground, cell, o), 0)

/** Level dry ground beside a road, as near as can be; the place itself when there is none within 2 km. */
export function siteNear(ground: Ground, cell: number, taken: readonly number[], dry = true): number {
  const { land } = ground
  for (const radius of [300, 900, 2000]) {
    const found = best(cellsAround(ground, cell, radius), c => {
      if (
        !land.inside[c] ||
        land.water[c] ||
        land.slopeDeg[c] > 8 ||
        ground.roadM[c] < 10 ||
        ground.roadM[c] > 70
      ) {
        return Infinity
      }
      if (dry && (land.floodPlain[c] || land.aboveWaterM[c] < 2)) return Infinity
      if (taken.some(t => apartM(ground, t, c) < 60)) return Infinity
      return apartM(ground, c, cell) + 10 * land.slopeDeg[c]
    })
    if (found >= 0) return found
  }
  return dry ? siteNear(ground, cell, taken, false) : cell
}
