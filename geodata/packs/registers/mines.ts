import type { Text } from '../../../server/contract/errors.ts'
import { apartM, cellsAround, countryVillageNear, type Ground, lonLatOf } from './ground.ts'
import { CLOSED, daysBefore, soon } from './ledger.ts'
import { about, type Make } from './make.ts'
import { minable, type PondSite } from './pond-sites.ts'
import { best, drawn, drawnFrom, spaced, spacedAtLeast, tooFew } from './sites.ts'
import { bare, unique } from './naming.ts'

const IRON = { mines: 20, grades: 'AAAAAABBBBCCCCCCCCDDD' }
/** 10⁴ t a year; 1.44 Mt together. */
const COAL_WAN_TA = [15, 15, 21, 21, 21, 21, 30]

export interface Mine {
  id: string
  cell: number
  name: Text
  owner: string
  underground: boolean
}

/**
 * Twenty iron mines: one above each pond, the others along the ore belts between them; seven coal mines on the
 * gentler hills away from the ore. Seventeen iron mines are worked underground; of the three open ones one has
 * two pits, so there are 21 production systems.
 * @throws Refusal no_room
 */
export function minesOf(make: Make, ponds: readonly PondSite[]): Mine[] {
  const { ground, random } = make
  const own = ponds.map(p => p.mine)
  const slopes = drawn(ground, random, cell => (minable(ground, cell) ? 1 : 0))
  const belt = drawnFrom(slopes, random, cell => {
    const near = Math.min(...own.map(o => apartM(ground, o, cell)))
    return near < 600 ? 0 : Math.exp(-near / 2500)
  })
  const more = spaced(ground, belt, IRON.mines - own.length, 700, own)
  if (own.length + more.length < IRON.mines) throw tooFew({ zh: '20 座铁矿', en: '20 iron mines' })
  const ore = [...own, ...more]
  const hills = slopes.filter(
    cell => ground.land.slopeDeg[cell] <= 22 && !ore.some(o => apartM(ground, o, cell) < 900),
  )
  const coal = spacedAtLeast(ground, hills, COAL_WAN_TA.length, 1500, 300, {
    zh: '7 座煤矿',
    en: '7 coal mines',
  })
  const names = new Set<string>()
  const iron = ore.map((cell, i) => addMine(make, names, cell, 'iron', ironOf(i)))
  addSystems(make, iron)
  const capacities = random.shuffle(COAL_WAN_TA)
  const pits = coal.map((cell, i) =>
    addMine(make, names, cell, 'coal', { underground: true, wanTa: capacities[i] }),
  )
  return [...iron, ...pits]
}
/** Open ones are among those without a pond of their own. */
const OPEN = [12, 15, 18]
const ironOf = (i: number): { underground: boolean } => ({ underground: !OPEN.includes(i) })

function addMine(
  { ground, ledger, posts, random }: Make,
  names: Set<string>,
  cell: number,
  kind: 'iron' | 'coal',
  { underground, wanTa = 5 * random.whole(2, 16) }: { underground: boolean; wanTa?: number },
): Mine {
  const village = countryVillageNear(ground, cell)
  const stem = bare(village.name)
  const name = unique(
    names,
    stem,
    kind === 'iron' ? { zh: '铁矿', en: ' Iron Mine' } : { zh: '煤矿', en: ' Coal Mine' },
  )
  const owner = `青岭县${stem.zh}${kind === 'iron' ? '矿业' : '煤业'}有限公司（虚构）`
  const head = posts.of('矿长')
  const inspector = posts.of('驻矿员')
  const id = ledger.add('mines', {
    name,
    at: lonLatOf(ground, cell),
    fields: {
      kind,
      method: underground ? 'underground' : 'open',
      owner,
      township: village.township,
      capacityWanTa: wanTa,
      peopleBelow: underground ? about(random, 12 + wanTa * 0.7, 4, 9) : about(random, 24, 6, 8),
      depthM: underground ? 10 * random.whole(kind === 'coal' ? 18 : 9, 46) : 10 * random.whole(4, 12),
      exits: underground ? random.whole(2, 3) : undefined,
      gas: kind === 'coal' ? random.pick(['low', 'low', 'low', 'high', 'outburst']) : undefined,
      hydrology: random.pick(['simple', 'medium', 'medium', 'complex']),
      state: random.pick(['producing', 'producing', 'producing', 'producing', 'building', 'stopped']),
      answerable: head.name,
      answerablePhone: head.phone,
      dutyPhone: posts.phone(),
      inspector: inspector.name,
      inspectorPhone: inspector.phone,
      licensedUntil: soon(random, 900),
    },
  })
  return { id, cell, name, owner, underground }
}

/** 21 systems of 20 iron mines: the first open mine has two pits. A6 B4 C8 D3. */
function addSystems({ ground, ledger, random }: Make, iron: readonly Mine[]): void {
  const grades = random.shuffle([...IRON.grades])
  const twoPits = iron.findIndex(mine => !mine.underground)
  for (const [i, mine] of iron.entries()) {
    const parts =
      i === twoPits
        ? [
            ['北采场', ' North Pit'],
            ['南采场', ' South Pit'],
          ]
        : [['生产系统', ' System']]
    for (const [k, [zh, en]] of parts.entries()) {
      const portal = beside(ground, mine.cell, k === 0 ? 60 : 220)
      const level = Math.round(ground.land.heightM[portal])
      ledger.add('miningSystems', {
        name: { zh: mine.name.zh + zh, en: mine.name.en + en },
        at: lonLatOf(ground, portal),
        fields: {
          mine: mine.id,
          method: mine.underground ? 'underground' : 'open',
          grade: grades.pop(),
          people: about(random, mine.underground ? 30 : 16, 7, 6),
          levelM: level,
          lowestM: level - 10 * random.whole(5, 38),
          pumpM3h: 20 * random.whole(3, 30),
          graded: daysBefore(CLOSED, random.whole(60, 400)),
          state: random.pick(['producing', 'producing', 'producing', 'stopped']),
        },
      })
    }
  }
}

/** A dry cell of the county about so far from a mine's own: its portal or pit. */
function beside(ground: Ground, cell: number, metres: number): number {
  const { inside, water } = ground.land
  return best(cellsAround(ground, cell, 1.2 * metres), other =>
    inside[other] && !water[other] && other !== cell
      ? Math.abs(apartM(ground, other, cell) - metres)
      : Infinity,
  )
}
