import type { LonLat } from '../../../server/contract/geo.ts'
import { distanceM } from '../../../server/contract/geo.ts'
import { apartM, cellsAround, lonLatOf } from './ground.ts'
import { lately } from './ledger.ts'
import { chance, type Make } from './make.ts'
import { bare } from './naming.ts'
import { holds, type Ring } from './ring.ts'
import { best, tooFew } from './sites.ts'

export interface Shelter {
  id: string
  at: LonLat
}

/** m² per person by the days of stay (GB 51143-2015, to be checked). */
const M2_PER_PERSON: Record<number, number> = { 3: 1, 15: 2, 30: 3 }
const NEW = 4

/**
 * One shelter for each township: the level place nearest to its seat that lies beside a road, outside every
 * flood plain and hazard area and at least 5 m above the water it drains to. Four new, ten upgraded; the first
 * is the county's centre; all of class Ⅱ and above.
 */
export function sheltersOf({ ground, ledger, posts, random }: Make, hazards: readonly Ring[]): Shelter[] {
  const { land, people } = ground
  const fresh = random.shuffle(people.townships.map((_, i) => i)).slice(0, NEW)
  const taken: number[] = []
  return people.townships.map((township, i) => {
    const fits = (cell: number): boolean =>
      land.inside[cell] === 1 &&
      land.water[cell] === 0 &&
      land.floodPlain[cell] === 0 &&
      land.aboveWaterM[cell] >= 5 &&
      land.slopeDeg[cell] <= 5 &&
      ground.roadM[cell] <= 150 &&
      ground.roadM[cell] >= 15 &&
      taken.every(t => apartM(ground, t, cell) > 250) &&
      !hazards.some(ring => holds(ring, lonLatOf(ground, cell)))
    let cell = -1
    for (let radius = 600; cell < 0 && radius <= 9600; radius *= 2) {
      cell = best(cellsAround(ground, township.cell, radius), c =>
        fits(c) ? apartM(ground, c, township.cell) + 30 * land.slopeDeg[c] : Infinity,
      )
    }
    if (cell < 0) throw tooFew({ zh: '14 处应急避难场所', en: '14 shelters' })
    taken.push(cell)
    const centre = i === 0
    const urban = township.kind === 'subdistrict'
    const areaM2 =
      100 * (centre ? random.whole(520, 700) : urban ? random.whole(180, 380) : random.whole(60, 190))
    const usableM2 = 10 * Math.round((areaM2 * random.between(0.42, 0.6)) / 10)
    const stayDays = centre ? 30 : urban ? 15 : random.pick([3, 15])
    const post = posts.of('避难场所场长')
    const at = lonLatOf(ground, cell)
    const name = bare(township.name)
    const place = centre
      ? { zh: '体育公园', en: 'Sports Park' }
      : urban
        ? random.pick([
            { zh: '人民广场', en: 'Square' },
            { zh: '中学', en: 'Middle School' },
            { zh: '公园', en: 'Park' },
          ])
        : random.pick([
            { zh: '中心小学', en: 'School' },
            { zh: '文化广场', en: 'Square' },
            { zh: '中学', en: 'Middle School' },
          ])
    const id = ledger.add('shelters', {
      name: { zh: `${name.zh}${place.zh}应急避难场所`, en: `${name.en} ${place.en} Shelter` },
      at,
      fields: {
        kind: centre ? 'centre' : stayDays === 3 ? 'emergency' : 'fixed',
        class: centre || (urban && chance(random, 0.4)) ? '1' : '2',
        built: fresh.includes(i) ? 'new' : 'upgraded',
        owner: `${township.name.zh}${urban ? '办事处' : '人民政府'}`,
        township: township.id,
        areaM2,
        usableM2,
        indoorM2: 10 * Math.round((usableM2 * random.between(0.08, 0.35)) / 10),
        capacity: Math.floor(usableM2 / M2_PER_PERSON[stayDays]),
        stayDays,
        water: chance(random, 0.9),
        power: chance(random, 0.8),
        toilets: Math.max(12, Math.round(usableM2 / M2_PER_PERSON[stayDays] / 50)),
        helipad: centre || chance(random, 0.25),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.of('乡镇值班室', township.id).phone,
        inspected: lately(random, 200),
      },
    })
    return { id, at }
  })
}

export function shelterNear(shelters: readonly Shelter[], at: LonLat): Shelter {
  return shelters.reduce((a, b) => (distanceM(b.at, at) < distanceM(a.at, at) ? b : a))
}
