/** What a store is for. */
export type Holding =
  'relief' | 'flood' | 'forest' | 'road' | 'power' | 'trade' | 'mine' | 'social' | 'forward'

export interface Item {
  zh: string
  en: string
  class: string
  use: string
  unit: string
  /** Pieces of all stores together, about. */
  total: number
  packSize: number
  unitKg: number
  spec: string
  /** Years that it keeps; null = it does not spoil. */
  keeps: number | null
  /** Which stores have it. */
  at: readonly Holding[]
}

// name | English | class of GB/T 38565 | use | unit | pieces in all | in a pack | kg each | specification | years it keeps | stores
const TABLE = `
  单帐篷 | Tent | 1 | tent | 顶 | 620 | 1 | 46 | 12 平方米 | - | relief forward
  棉帐篷 | Winter tent | 1 | tent | 顶 | 240 | 1 | 62 | 12 平方米 | - | relief
  折叠床 | Cot | 1 | cot | 张 | 2400 | 2 | 8 | 钢管 | - | relief forward
  棉被 | Quilt | 1 | quilt | 床 | 4200 | 5 | 3 | 1.5×2.1 米 | - | relief forward social
  棉大衣 | Winter coat | 1 | coat | 件 | 2100 | 10 | 2.6 | 175 | - | relief social
  睡袋 | Sleeping bag | 1 | quilt | 个 | 600 | 10 | 1.8 | 冬夏两用 | - | relief
  瓶装水 | Bottled water | 1 | water | 箱 | 3600 | 1 | 13 | 24×550 毫升 | 1 | trade forward
  方便食品 | Instant food | 1 | food | 箱 | 2400 | 1 | 5 | 24 份 | 1 | trade forward social
  压缩饼干 | Ration biscuits | 1 | food | 箱 | 500 | 1 | 9 | 4 年保质 | 4 | relief
  移动厕所 | Toilet | 1 | toilet | 座 | 24 | 1 | 160 | 单人 | - | relief
  手电筒 | Torch | 2 | light | 支 | 900 | 10 | 0.4 | 充电 | - | relief forward power
  应急照明灯组 | Light tower | 2 | light | 台 | 36 | 1 | 180 | 4×500 瓦 | - | power relief
  汽油发电机 | Petrol generator | 2 | power | 台 | 60 | 1 | 70 | 5 千瓦 | - | power relief forward
  柴油发电车 | Generator truck | 2 | power | 台 | 3 | 1 | 9000 | 200 千瓦 | - | power
  汽油抽水泵 | Petrol pump | 2 | pump | 台 | 70 | 1 | 45 | 60 立方米/时 | - | flood forward mine
  大流量潜水泵 | Submersible pump | 2 | pump | 台 | 28 | 1 | 260 | 450 立方米/时 | - | flood mine
  冲锋舟 | Assault boat | 2 | boat | 艘 | 14 | 1 | 230 | 8 人 | - | flood
  救生衣 | Life jacket | 2 | lifejacket | 件 | 1800 | 10 | 0.9 | 成人 | 5 | flood forward
  救生圈 | Life ring | 2 | lifejacket | 个 | 420 | 10 | 2.5 | 2.5 公斤 | 5 | flood forward
  风力灭火机 | Blower | 2 | fire | 台 | 150 | 1 | 11 | 背负式 | - | forest forward
  阻燃服 | Flame-proof suit | 2 | protect | 套 | 420 | 1 | 1.9 | 森防 | - | forest
  防尘口罩 | Dust mask | 2 | protect | 只 | 3000 | 50 | 0.02 | KN95 | 3 | relief mine social
  卫星电话 | Satellite phone | 2 | comms | 部 | 16 | 1 | 0.3 | 含备用电池 | - | relief
  急救包 | First-aid kit | 2 | medical | 个 | 700 | 10 | 0.8 | 车载 | 3 | relief social mine
  铁锹 | Shovel | 2 | tool | 把 | 1500 | 10 | 1.8 | 尖头 | - | flood road forward forest
  编织袋 | Sandbag | 3 | sandbag | 条 | 14500 | 100 | 0.1 | 55×95 厘米 | 4 | flood road forward mine
  土工布 | Geotextile | 3 | material | 卷 | 90 | 1 | 120 | 200 克/平方米 | - | flood
  彩条布 | Tarpaulin | 3 | material | 卷 | 160 | 1 | 38 | 6×50 米 | - | flood forward
  铅丝笼 | Gabion | 3 | material | 个 | 700 | 10 | 14 | 2×1×1 米 | - | flood road
  融雪剂 | De-icing salt | 3 | material | 袋 | 1600 | 20 | 50 | 50 公斤 | 2 | road
  装配式钢桥构件 | Panel bridge sections | 3 | material | 节 | 42 | 1 | 270 | 3 米 | - | road
  挖掘机 | Excavator | 3 | machine | 台 | 9 | 1 | 22000 | 22 吨级 | - | road mine
  装载机 | Wheel loader | 3 | machine | 台 | 12 | 1 | 17000 | 50 型 | - | road mine
`

export const STOCK_ITEMS: readonly Item[] = TABLE.trim()
  .split('\n')
  .map(row => {
    const [zh, en, cls, use, unit, total, packSize, unitKg, spec, keeps, at] = row
      .split('|')
      .map(c => c.trim())
    return {
      zh,
      en,
      class: cls,
      use,
      unit,
      total: Number(total),
      packSize: Number(packSize),
      unitKg: Number(unitKg),
      spec,
      keeps: keeps === '-' ? null : Number(keeps),
      at: at.split(' ') as Holding[],
    }
  })
