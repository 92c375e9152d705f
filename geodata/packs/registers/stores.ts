import type { LonLat } from '../../../server/contract/geo.ts'
import { lonLatOf, villageNear } from './ground.ts'
import { type Make, round1 } from './make.ts'
import { bare } from './naming.ts'
import { stockOf } from './stock.ts'
import type { Holding } from './stock-items.ts'
import { siteNear } from './teams.ts'

interface Draft {
  zh: string
  en: string
  tier: string
  holds: Holding
  owner: string
  cell: number
  areaM2: number
}

/**
 * Eleven stores: seven in the county town by who keeps them, the mines' own, and forward stores in the three
 * towns furthest from it; 43,640 items among them.
 */
export function storesOf(make: Make, mineCell: number): { id: string; at: LonLat }[] {
  const { ground, ledger, posts, random } = make
  const { townships } = ground.people
  const seat = townships[0].cell
  const towns = townships
    .filter(t => t.kind === 'town')
    .sort((a, b) => far(make, b.cell, seat) - far(make, a.cell, seat))
    .slice(0, 3)
  const taken: number[] = []
  const site = (cell: number): number => {
    const found = siteNear(ground, cell, taken)
    taken.push(found)
    return found
  }
  const city = (i: number): number => site(townships[Math.min(i, 4)].cell)
  const drafts: Draft[] = [
    {
      zh: '青岭县应急物资中心库',
      en: 'Qingling Central Store',
      tier: 'county',
      holds: 'relief',
      owner: '青岭县应急管理局',
      cell: city(1),
      areaM2: 2400,
    },
    {
      zh: '青岭县防汛抗旱物资库',
      en: 'Qingling Flood Store',
      tier: 'county',
      holds: 'flood',
      owner: '青岭县水利局',
      cell: city(2),
      areaM2: 1200,
    },
    {
      zh: '青岭县森林防火物资库',
      en: 'Qingling Forest-Fire Store',
      tier: 'county',
      holds: 'forest',
      owner: '青岭县林业和草原局',
      cell: city(4),
      areaM2: 500,
    },
    {
      zh: '青岭县公路应急物资库',
      en: 'Qingling Road Store',
      tier: 'county',
      holds: 'road',
      owner: '青岭县公路管理段',
      cell: city(3),
      areaM2: 1600,
    },
    {
      zh: '青岭供电应急物资库',
      en: 'Qingling Power Store',
      tier: 'enterprise',
      holds: 'power',
      owner: '青岭供电公司（虚构）',
      cell: city(3),
      areaM2: 700,
    },
    {
      zh: '青岭商贸代储库',
      en: 'Qingling Trade Store',
      tier: 'commercial',
      holds: 'trade',
      owner: '青岭商贸有限公司（虚构）',
      cell: city(0),
      areaM2: 3000,
    },
    {
      zh: '青岭县红十字会备灾库',
      en: 'Qingling Red Cross Store',
      tier: 'social',
      holds: 'social',
      owner: '青岭县红十字会',
      cell: city(1),
      areaM2: 300,
    },
    {
      zh: '矿山应急物资库',
      en: 'Mines’ Store',
      tier: 'enterprise',
      holds: 'mine',
      owner: '青岭矿业集团（虚构）',
      cell: site(mineCell),
      areaM2: 600,
    },
    ...towns.map((town): Draft => ({
      zh: `${bare(town.name).zh}前置物资库`,
      en: `${bare(town.name).en} Forward Store`,
      tier: 'township',
      holds: 'forward',
      owner: `${town.name.zh}人民政府`,
      cell: site(town.cell),
      areaM2: 10 * random.whole(12, 26),
    })),
  ]
  const stores = drafts.map(draft => {
    const keeper = posts.of('保管员')
    const at = lonLatOf(ground, draft.cell)
    const id = ledger.add('stores', {
      name: { zh: draft.zh, en: draft.en },
      at,
      fields: {
        tier: draft.tier,
        owner: draft.owner,
        township: villageNear(ground, draft.cell).township,
        areaM2: draft.areaM2,
        keeper: keeper.name,
        keeperPhone: keeper.phone,
        dutyPhone: posts.phone(),
        openMin: draft.tier === 'commercial' ? 40 : random.whole(10, 30),
        loadTph: round1(4 + draft.areaM2 / 150),
        trucks: Math.max(1, Math.round(draft.areaM2 / 400)),
        maxVehicleT: draft.areaM2 > 1000 ? 49 : random.pick([12, 20, 31]),
        forklift: draft.areaM2 > 450,
        state: 'inUse',
      },
    })
    return { id, at, holds: draft.holds, areaM2: draft.areaM2 }
  })
  stockOf(make, stores)
  return stores
}

const far = ({ ground }: Make, a: number, b: number): number => {
  const { cols } = ground.land.grid
  const dx = (a % cols) - (b % cols)
  const dy = Math.floor(a / cols) - Math.floor(b / cols)
  return dx * dx + dy * dy
}
