import { lonLatOf, villageNear } from './ground.ts'
import { simplified } from './line.ts'
import { chance, type Make, round1, round2 } from './make.ts'
import type { PondSite } from './pond-sites.ts'
import { firstOf, heldBy, livingAlong } from './valley.ts'

/** Class by volume in 10⁴ m³ and by height; one class apart → the higher, more → the higher less one. */
export function pondClass(volumeWanM3: number, heightM: number): number {
  const rank = (value: number, bounds: readonly number[]): number =>
    5 - bounds.filter(bound => value >= bound).length
  const byVolume = rank(volumeWanM3, [100, 1000, 10000, 50000])
  const byHeight = rank(heightM, [30, 60, 100, 200])
  const higher = Math.min(byVolume, byHeight)
  return Math.abs(byVolume - byHeight) > 1 ? higher + 1 : higher
}

/** Least freeboard and dry beach (m) by class, upstream type, and the design flood's return period. */
const FREEBOARD_M = [1.5, 1.0, 0.7, 0.5, 0.4]
const BEACH_M = [150, 100, 70, 50, 40]
const FLOOD_YEARS = [1000, 500, 300, 200, 100]
const METHODS = ['upstream', 'upstream', 'upstream', 'centreline', 'once'] as const

/** The ten tailings ponds; `mines` are the ids of their mines. */
export function tailingsPondsOf(
  { ground, ledger, posts, random }: Make,
  sites: readonly PondSite[],
  mines: readonly { id: string; owner: string; name: { zh: string; en: string } }[],
): string[] {
  const { land, people } = ground
  return sites.map((site, i) => {
    const village = villageNear(ground, site.dam)
    const share = random.between(0.55, 0.95)
    const heightM = round1(site.designM * share)
    const volumeWanM3 = round1(heldBy(ground, site.dam, heightM).m3 / 1e4)
    const designVolumeWanM3 = round1(heldBy(ground, site.dam, site.designM).m3 / 1e4)
    const cls = pondClass(designVolumeWanM3, site.designM)
    const crestM = round1(land.heightM[site.dam] + heightM)
    const designLevelM = round1(crestM - FREEBOARD_M[cls - 1])
    const line = firstOf(ground, site.path, 8000).map(cell => lonLatOf(ground, cell))
    const further = livingAlong(ground, site.path, 90, 8).villages
    const running = i < sites.length - 2
    const chief = posts.of('库长')
    const official = posts.of(i % 3 === 0 ? '副县长' : '县级包保干部', `pond ${i}`)
    const catchment = land.upstreamKm2[site.dam]
    const concentrator = `${mines[i].name.zh.replace(/铁矿$/, '')}选矿厂`
    return ledger.add('tailingsPonds', {
      name: {
        zh: `${mines[i].name.zh.replace(/铁矿$/, '')}尾矿库`,
        en: `${mines[i].name.en.replace(/ Iron Mine$/, '')} Tailings Pond`,
      },
      at: lonLatOf(ground, site.dam),
      fields: {
        mine: mines[i].id,
        concentrator,
        slurryLine: [lonLatOf(ground, site.concentrator), lonLatOf(ground, site.dam)],
        owner: mines[i].owner,
        township: village.township,
        class: String(cls),
        headPond: site.within1km.people > 0,
        peopleWithin1km: site.within1km.people,
        downstreamVillages: further.length > 0 ? further.map(v => people.villages[v].id) : undefined,
        flowPath: simplified(line, 15),
        // Out of the mud's way sideways, not down the valley: 200 m and more, on foot, with the old.
        evacuateMin: site.within1km.people > 0 ? random.whole(6, 24) : undefined,
        heightM,
        designHeightM: site.designM,
        volumeWanM3,
        designVolumeWanM3,
        method: random.pick(METHODS),
        crestM,
        designLevelM,
        waterLevelM: round1(designLevelM - random.between(1.2, 2.6)),
        minFreeboardM: FREEBOARD_M[cls - 1],
        minBeachM: BEACH_M[cls - 1],
        floodYears: FLOOD_YEARS[cls - 1],
        drainage: random.pick(['排水井—隧洞', '排水斜槽—涵管', '排水井—涵管', '溢洪道']),
        // The 1 h design storm of 60 mm on the catchment, less what the pond stores.
        drainageM3s: round1(Math.max(0.8, (catchment * 60e3 * 0.7) / 3600)),
        catchmentKm2: round2(catchment),
        monitored: true,
        siren: site.within1km.people > 0 || chance(random, 0.5),
        stockOnDam: `砂石 ${random.whole(10, 60) * 10} 立方米、编织袋 ${random.whole(2, 9) * 1000} 条、水泵 ${random.whole(1, 4)} 台`,
        chief: chief.name,
        chiefPhone: chief.phone,
        answerable: official.name,
        answerablePost: i % 3 === 0 ? '副县长' : '县直部门主要负责人',
        answerablePhone: official.phone,
        dutyPhone: posts.of('尾矿库值班室', `pond ${i}`).phone,
        designer: `虚构冶金设计院第 ${random.whole(1, 4)} 所`,
        state: running ? 'running' : i === sites.length - 1 ? 'closed' : 'stopped',
      },
    })
  })
}
