import type { Text } from '../../server/contract/errors.ts'
import type { Random } from './random.ts'

export type PlaceKind =
  'river' | 'stream' | 'mountain' | 'reservoir' | 'town' | 'subdistrict' | 'village' | 'hamlet' | 'street'

/** Characters of made-up names with their reading. */
const read = (list: string): [string, string][] =>
  list
    .trim()
    .split(/\s+/)
    .map(entry => {
      const letters = entry.search(/[a-z]/)
      return [entry.slice(0, letters), entry.slice(letters)]
    })

const QUALITY = read(`
  青qing 白bai 黑hei 红hong 黄huang 金jin 银yin 玉yu 石shi 大da 小xiao 长chang 双shuang 三san 五wu 七qi 九jiu
  上shang 下xia 东dong 西xi 南nan 北bei 前qian 后hou 高gao 深shen 清qing 明ming 新xin 老lao 古gu 平ping 安an
  永yong 兴xing 福fu 瑞rui 和he 太tai 泰tai 龙long 凤feng 虎hu 马ma 牛niu 羊yang 鹿lu 鹤he 雁yan 燕yan 松song
  柏bai 柳liu 杨yang 桃tao 杏xing 梨li 枣zao 桑sang 槐huai 榆yu 桦hua 竹zhu 梅mei 兰lan 莲lian 芦lu 云yun 雾wu
  雪xue 霜shuang 月yue 星xing 日ri 风feng 雷lei 冷leng 温wen 甘gan 咸xian 沙sha 砚yan 铁tie 铜tong 盐yan 药yao`)
const THING = read(`
  水shui 石shi 泉quan 潭tan 滩tan 沙sha 岩yan 崖ya 峰feng 岗gang 坡po 坪ping 坝ba 湾wan 口kou 门men 桥qiao 渡du
  井jing 塘tang 池chi 沟gou 峪yu 岔cha 林lin 木mu 树shu 花hua 草cao 田tian 原yuan 台tai 窑yao 寺si 庙miao 观guan
  塔ta 楼lou 阁ge 关guan 堡bao 寨zhai 营ying 城cheng 店dian 驿yi 铺pu 庄zhuang 头tou 嘴zui 梁liang 峁mao 岭ling
  洞dong 溪xi 河he 江jiang 源yuan 阳yang 阴yin 光guang 霞xia 鸣ming 回hui 盘pan 驼tuo 鞍an`)
const FAMILY = read(`
  王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 周zhou 吴wu 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 高gao 罗luo
  郑zheng 梁liang 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan
  蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lyu 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui
  谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 贾jia 夏xia 韦wei 付fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu
  侯hou 江jiang 尹yin 薛xue 闫yan 段duan 雷lei 龙long 史shi 陶tao 贺he 顾gu 毛mao 郝hao 龚gong 邵shao 万wan 覃qin`)
const VILLAGE = read(`
  庄zhuang 沟gou 坪ping 湾wan 岭ling 台tai 寨zhai 堡bao 坡po 塬yuan 营ying 屯tun 峪yu 滩tan 岔cha 洼wa 沿yan
  山shan 河he 川chuan 垭ya 坝ba 垣yuan 墕yan 峁mao 窑yao 店dian 铺pu 桥qiao 头tou 口kou 院yuan`)
const HAMLET = read(
  '沟gou 坡po 峁mao 窑yao 梁liang 岔cha 垴nao 凹ao 湾wan 咀zui 嘴zui 崖ya 圪塔geda 园yuan 场chang',
)

const LUCK = read(`
  永yong 安an 平ping 康kang 和he 兴xing 盛sheng 泰tai 昌chang 宁ning 福fu 瑞rui 祥xiang 文wen 武wu 明ming 德de 仁ren
  义yi 礼li 信xin 新xin 建jian 民min 光guang 华hua 朝chao 阳yang 迎ying 春chun 长chang 青qing 云yun 龙long 凤feng 清qing`)

const ENDING: Record<PlaceKind, { zh: string; py: string; en: string }[]> = {
  river: [{ zh: '河', py: 'he', en: ' River' }],
  stream: [
    { zh: '沟', py: 'gou', en: ' Gully' },
    { zh: '沟', py: 'gou', en: ' Gully' },
    { zh: '溪', py: 'xi', en: ' Stream' },
    { zh: '涧', py: 'jian', en: ' Brook' },
    { zh: '峪', py: 'yu', en: ' Ravine' },
  ],
  mountain: [
    { zh: '山', py: 'shan', en: ' Mountain' },
    { zh: '岭', py: 'ling', en: ' Ridge' },
    { zh: '峰', py: 'feng', en: ' Peak' },
    { zh: '顶', py: 'ding', en: ' Summit' },
    { zh: '尖', py: 'jian', en: ' Tip' },
  ],
  reservoir: [{ zh: '水库', py: 'shuiku', en: ' Reservoir' }],
  town: [{ zh: '镇', py: 'zhen', en: ' Town' }],
  subdistrict: [{ zh: '街道', py: 'jiedao', en: ' Subdistrict' }],
  village: [{ zh: '村', py: 'cun', en: ' Village' }],
  hamlet: [{ zh: '', py: '', en: '' }],
  street: [
    { zh: '路', py: 'lu', en: ' Road' },
    { zh: '街', py: 'jie', en: ' Street' },
  ],
}

/**
 * An invented name in Chinese and in pinyin, unlike any in `taken` in either language; it is put there.
 * @throws Error when no new one is found, which takes thousands
 */
export function placeName(random: Random, kind: PlaceKind, taken: Set<string>): Text {
  for (let attempt = 0; attempt < 4000; attempt++) {
    const parts = stem(random, kind)
    if (new Set(parts.map(part => part[0])).size < parts.length) continue
    const ending = random.pick(ENDING[kind])
    if (parts.at(-1)![0] === ending.zh) continue
    const zh = parts.map(part => part[0]).join('') + ending.zh
    const en = pinyin(parts.map(part => part[1])) + ending.en
    if (taken.has(zh) || taken.has(en)) continue
    taken.add(zh).add(en)
    return { zh, en }
  }
  throw new Error(`No ${kind} name is left after ${taken.size / 2}`)
}

function stem(random: Random, kind: PlaceKind): [string, string][] {
  switch (kind) {
    case 'village':
      return random.next() < 0.55
        ? [random.pick(FAMILY), ['家', 'jia'], random.pick(VILLAGE)]
        : [random.pick(QUALITY), random.pick(THING)]
    case 'hamlet':
      return random.next() < 0.7
        ? [random.pick(FAMILY), ['家', 'jia'], random.pick(HAMLET)]
        : [random.pick(QUALITY), random.pick(THING), random.pick(HAMLET)]
    case 'street':
    case 'subdistrict':
      return [random.pick(LUCK), random.pick(LUCK)]
    default:
      return [random.pick(QUALITY), random.pick(THING)]
  }
}

/** Written together, with an apostrophe before a vowel inside (汉语拼音正词法). */
function pinyin(syllables: string[]): string {
  const word = syllables.reduce((left, right) => left + (/^[aeo]/.test(right) ? "'" : '') + right)
  return word[0].toUpperCase() + word.slice(1)
}
