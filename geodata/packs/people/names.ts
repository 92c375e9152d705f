import type { Text } from '../../../server/contract/errors.ts'
import type { Land } from '../county.ts'
import { placeName, type PlaceKind } from '../names.ts'
import type { Random } from '../random.ts'

/** Names that a county town's communities have everywhere. */
const COMMUNITIES =
  '东关dongguan 西关xiguan 南关nanguan 北关beiguan 钟楼zhonglou 文庙wenmiao 鼓楼gulou 城隍chenghuang 府前fuqian 学府xuefu 站前zhanqian 滨河binhe 团结tuanjie 和平heping 建设jianshe 光明guangming 朝阳chaoyang 胜利shengli 友谊youyi 幸福xingfu 锦绣jinxiu 书院shuyuan 花园huayuan 育才yucai 振兴zhenxing 富民fumin 春风chunfeng 丰收fengshou 康宁kangning 东湖donghu 柳荫liuyin 梧桐wutong 石桥shiqiao 新华xinhua 解放jiefang 工农gongnong 前进qianjin 红旗hongqi 东升dongsheng 西苑xiyuan 南塘nantang 北园beiyuan 青年qingnian 文化wenhua 园丁yuanding 翠竹cuizhu 惠民huimin'

/** Names for everything that people live in, none given twice and none that a river or a mountain has. */
export class Names {
  private readonly taken = new Set<string>()
  private readonly communities: string[]

  constructor(
    private readonly random: Random,
    land: Land,
  ) {
    const known = [...land.rivers, ...land.reservoirs, ...land.peaks].map(({ name }) => name)
    for (const { zh, en } of known) this.taken.add(zh).add(en)
    this.communities = random.shuffle(COMMUNITIES.split(' '))
  }

  next(kind: Extract<PlaceKind, 'town' | 'subdistrict' | 'village' | 'hamlet'>): Text {
    return placeName(this.random, kind, this.taken)
  }

  /** A town's own community is called after the town. */
  community(town?: Text): Text {
    const listed = town ? undefined : this.communities.pop()
    if (listed === undefined) {
      const { zh, en } = town ?? this.next('subdistrict')
      return { zh: `${zh.replace(/(镇|街道)$/, '')}社区`, en: `${en.replace(/ \w+$/, '')} Community` }
    }
    const zh = listed.replace(/[a-z]/g, '')
    const pinyin = listed.slice(zh.length)
    return { zh: `${zh}社区`, en: `${pinyin[0].toUpperCase()}${pinyin.slice(1)} Community` }
  }
}
