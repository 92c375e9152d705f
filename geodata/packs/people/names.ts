import type { Text } from '../../../server/contract/errors.ts'
import type { Random } from '../random.ts'

/** Syllables of place names as the north-west of China has them, with their pinyin. */
const FIRST =
  '青qing 石shi 柳liu 杨yang 白bai 黑hei 红hong 金jin 大da 小xiao 上shang 下xia 东dong 西xi 南nan 北bei 龙long 马ma 牛niu 梨li 桃tao 枣zao 松song 桦hua 榆yu 槐huai 新xin 高gao 平ping 清qing 双shuang 三san 王wang 李li 赵zhao 张zhang 刘liu 陈chen 郭guo 孙sun 周zhou 吴wu 段duan 贺he 乔qiao 安an 长chang 花hua 沙sha 土tu 杏xing 椿chun 麻ma 苇wei 胡hu 罗luo 宋song 郝hao 冯feng 薛xue 雷lei 任ren'
const MIDDLE =
  ' 家jia 树shu 泉quan 石shi 水shui 坡po 沟gou 庙miao 塔ta 井jing 堡pu 湾wan 岔cha 坪ping 营ying 洼wa 桥qiao 林lin 崖ya'
const LAST =
  '沟gou 坪ping 湾wan 岭ling 坡po 岔cha 坝ba 台tai 梁liang 滩tan 窑yao 峪yu 崖ya 桥qiao 井jing 泉quan 寨zhai 堡pu 营ying 屯tun 店dian 铺pu 渡du 口kou 塬yuan 洼wa 庄zhuang 坨tuo 嘴zui 岘xian'
const TOWN =
  '青石qingshi 柳树liushu 白马baima 红岩hongyan 金盆jinpen 双河shuanghe 高坪gaoping 龙泉longquan 松林songlin 黑水heishui 清溪qingxi 大营daying 平川pingchuan 石门shimen 长岭changling 沙坝shaba 新堡xinpu 三岔sancha 桃园taoyuan 云台yuntai 凤坪fengping 洛水luoshui 古城gucheng 马场machang'
const WARD =
  '城关chengguan 河东hedong 河西hexi 文昌wenchang 新城xincheng 东郊dongjiao 南苑nanyuan 北塔beita 西园xiyuan'
const COMMUNITY =
  '东关dongguan 西关xiguan 南关nanguan 北关beiguan 钟楼zhonglou 文庙wenmiao 鼓楼gulou 城隍chenghuang 府前fuqian 学府xuefu 站前zhanqian 滨河binhe 团结tuanjie 和平heping 建设jianshe 光明guangming 朝阳chaoyang 胜利shengli 友谊youyi 幸福xingfu 锦绣jinxiu 书院shuyuan 花园huayuan 育才yucai 振兴zhenxing 富民fumin 春风chunfeng 丰收fengshou 永安yongan 长乐changle 康宁kangning 东湖donghu 柳荫liuyin 梧桐wutong 石桥shiqiao 金河jinhe 新华xinhua 解放jiefang 工农gongnong 前进qianjin 红旗hongqi 东升dongsheng 西苑xiyuan 南塘nantang 北园beiyuan 青年qingnian 文化wenhua 园丁yuanding 翠竹cuizhu 惠民huimin'

interface Syllable {
  zh: string
  en: string
}

const read = (list: string): Syllable[] =>
  list.split(' ').map(item => {
    const zh = item.replace(/[a-z]/g, '')
    return { zh, en: item.slice(zh.length) }
  })

const [first, middle, last] = [FIRST, MIDDLE, LAST].map(read)
const LISTS = { town: TOWN, subdistrict: WARD, community: COMMUNITY }
const KIND: Record<keyof typeof LISTS, Text> = {
  town: { zh: '镇', en: ' Town' },
  subdistrict: { zh: '街道', en: ' Subdistrict' },
  community: { zh: '社区', en: ' Community' },
}

/** Names for everything that people live in, none given twice. */
export class Names {
  private readonly used = new Set<string>()
  private readonly lists: Record<keyof typeof LISTS, Syllable[]>

  constructor(private readonly random: Random) {
    this.lists = {
      town: random.shuffle(read(LISTS.town)),
      subdistrict: random.shuffle(read(LISTS.subdistrict)),
      community: random.shuffle(read(LISTS.community)),
    }
  }

  town(): Text {
    return this.listed('town')
  }

  subdistrict(): Text {
    return this.listed('subdistrict')
  }

  community(): Text {
    return this.listed('community')
  }

  /** The names of villages and of hamlets: 柳家湾, Liujiawan. */
  village(): Text {
    const name = this.made()
    return { zh: `${name.zh}村`, en: `${name.en} Village` }
  }

  hamlet(): Text {
    return this.made()
  }

  private listed(kind: keyof typeof LISTS): Text {
    const name = this.lists[kind].pop()
    if (name === undefined) {
      const made = this.made()
      return { zh: made.zh + KIND[kind].zh, en: made.en + KIND[kind].en }
    }
    this.used.add(name.zh)
    return { zh: name.zh + KIND[kind].zh, en: capital(name.en) + KIND[kind].en }
  }

  private made(): Text {
    for (;;) {
      const parts = [this.random.pick(first), this.random.pick(middle), this.random.pick(last)]
      const zh = parts.map(part => part.zh).join('')
      const twice = new Set(zh).size < zh.length
      if (this.used.has(zh) || twice) continue
      this.used.add(zh)
      return { zh, en: capital(parts.map(part => part.en).join('')) }
    }
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
