import type { Township, Village } from '../county.ts'
import { cellsAround, type Ground, lonLatOf, villageNear } from './ground.ts'
import { about, chance, type Make } from './make.ts'
import { bare, unique } from './naming.ts'
import { siteNear } from './teams.ts'

/** A number for a county of 1,800 km², by area. */
export const scaled = ({ brief }: Ground, full: number, least: number): number =>
  Math.max(least, Math.round((full * brief.widthKm * brief.heightKm) / 1800))

export const flooded = ({ land }: Ground, cell: number): boolean => land.floodPlain[cell] === 1

/** A slope of 25° and more within 120 m uphill. */
export function belowSlope(ground: Ground, cell: number): boolean {
  const { land } = ground
  for (const near of cellsAround(ground, cell, 120)) {
    if (land.slopeDeg[near] >= 25 && land.heightM[near] > land.heightM[cell] + 8) return true
  }
  return false
}

/** A primary school in most larger villages, a boarding middle school in each township, high schools in town. */
export function schoolsOf(make: Make): void {
  const { ground, ledger, posts, random } = make
  const { townships, villages } = ground.people
  const names = new Set<string>()
  const taken: number[] = []
  const add = (
    stem: Township | Village,
    kind: string,
    zh: string,
    en: string,
    pupils: number,
    boarders: number,
  ): void => {
    const cell = siteNear(ground, stem.cell, taken, kind !== 'primary')
    taken.push(cell)
    const village = villageNear(ground, cell)
    const post = posts.of('校长')
    ledger.add('schools', {
      name: unique(names, bare(stem.name), { zh, en: ` ${en}` }),
      at: lonLatOf(ground, cell),
      fields: {
        kind,
        township: village.township,
        village: village.id,
        pupils,
        boarders,
        staff: Math.max(4, Math.round(pupils / 12)),
        nightStaff: boarders > 0 ? Math.max(2, Math.round(boarders / 70)) : 0,
        inFloodZone: flooded(ground, cell),
        belowSlope: belowSlope(ground, cell),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.phone(),
      },
    })
  }
  for (const township of townships) {
    const own = villages.filter(v => v.township === township.id)
    const people = own.reduce((sum, v) => sum + v.people, 0)
    const town = township.kind === 'town'
    const pupils = about(random, people * 0.028, people * 0.003, 120)
    add(
      township,
      'middle',
      town ? '寄宿制初级中学' : '初级中学',
      town ? 'Boarding Middle School' : 'Middle School',
      pupils,
      town ? Math.round(pupils * random.between(0.55, 0.8)) : 0,
    )
    add(
      township,
      'primary',
      '中心小学',
      'Central Primary School',
      about(random, people * 0.03, people * 0.004, 100),
      town ? random.whole(20, 90) : 0,
    )
    const large = [...own].sort((a, b) => b.people - a.people || (a.id < b.id ? -1 : 1)).slice(2, 4)
    for (const village of large) {
      add(village, 'primary', '小学', 'Primary School', about(random, village.people * 0.05, 12, 24), 0)
    }
  }
  for (const [i, [zh, en]] of [
    ['第一中学', 'No. 1 High School'],
    ['第二中学', 'No. 2 High School'],
    ['职业技术学校', 'Vocational School'],
  ].entries()) {
    const pupils = random.whole(1400, 2800)
    const stem = { ...townships[i], name: { zh: '青岭县', en: 'Qingling' } }
    add(stem, i < 2 ? 'high' : 'vocational', zh, en, pupils, Math.round(pupils * 0.7))
  }
}

/** County, Chinese-medicine and maternity hospital in town, a clinic at each other seat. */
export function hospitalsOf(make: Make): void {
  const { ground, ledger, posts, random } = make
  const { townships } = ground.people
  const taken: number[] = []
  const names = new Set<string>()
  const big: readonly (readonly [string, string, string, number])[] = [
    ['county', '青岭县人民医院', 'Qingling People’s Hospital', 620],
    ['chinese', '青岭县中医院', 'Qingling Hospital of Chinese Medicine', 260],
    ['maternity', '青岭县妇幼保健院', 'Qingling Maternity Hospital', 120],
    ['private', '青岭康宁医院', 'Qingling Kangning Hospital', 99],
  ]
  const all = [
    ...big.map(([kind, zh, en, beds], i) => ({ kind, name: { zh, en }, beds, near: townships[i] })),
    ...townships.map(t => ({
      kind: 'township',
      name: unique(
        names,
        bare(t.name),
        t.kind === 'town'
          ? { zh: '中心卫生院', en: ' Clinic' }
          : { zh: '社区卫生服务中心', en: ' Health Centre' },
      ),
      beds: t.kind === 'town' ? random.whole(24, 60) : random.whole(8, 20),
      near: t,
    })),
  ]
  for (const { kind, name, beds, near } of all) {
    const cell = siteNear(ground, near.cell, taken)
    taken.push(cell)
    const post = posts.of('院长')
    const large = beds >= 100
    ledger.add('hospitals', {
      name,
      at: lonLatOf(ground, cell),
      fields: {
        kind,
        township: villageNear(ground, cell).township,
        beds,
        freeBeds: Math.round(beds * random.between(0.08, 0.22)),
        icuBeds: kind === 'county' ? random.whole(16, 24) : large ? random.whole(2, 8) : 0,
        doctors: Math.max(4, Math.round(beds * random.between(0.28, 0.4))),
        ambulances: kind === 'county' ? random.whole(6, 9) : large ? random.whole(2, 3) : random.whole(1, 2),
        surgery: large && kind !== 'private',
        generatorHours: large ? random.pick([12, 24, 48]) : random.pick([0, 4, 8]),
        inFloodZone: flooded(ground, cell),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.phone(),
      },
    })
  }
}

export function nursingHomesOf(make: Make): void {
  const { ground, ledger, posts, random } = make
  const taken: number[] = []
  const names = new Set<string>()
  const townships = random
    .shuffle(ground.people.townships)
    .slice(0, Math.max(9, Math.min(14, scaled(ground, 13, 9))))
  for (const township of townships) {
    const cell = siteNear(ground, township.cell, taken, chance(random, 0.8))
    taken.push(cell)
    const post = posts.of('养老院院长')
    const beds = 10 * random.whole(4, 14)
    const residents = Math.round(beds * random.between(0.5, 0.95))
    ledger.add('nursingHomes', {
      name: unique(
        names,
        bare(township.name),
        township.kind === 'town'
          ? { zh: '敬老院', en: ' Home for the Old' }
          : { zh: '养老服务中心', en: ' Care Centre' },
      ),
      at: lonLatOf(ground, cell),
      fields: {
        township: villageNear(ground, cell).township,
        owner: `${township.name.zh}${township.kind === 'town' ? '人民政府' : '办事处'}`,
        beds,
        residents,
        bedridden: Math.round(residents * random.between(0.15, 0.4)),
        nightStaff: Math.max(2, Math.round(residents / 18)),
        floors: random.whole(1, 4),
        lift: chance(random, 0.4),
        inFloodZone: flooded(ground, cell),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.phone(),
      },
    })
  }
}
