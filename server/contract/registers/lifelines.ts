import { choice, date, flag, number, person, phone, someOf, text, whole } from './column.ts'
import { answerable, answerablePhone, dutyPhone, inFlood, owner, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '08-防护目标'

export const helipads: Register = {
  key: 'helipads',
  sheet: { zh: '直升机起降点', en: 'Helicopter landing places' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D00000', group: 'resource', label: { zh: '停机', en: 'HELI' } },
  columns: [
    choice(
      'kind',
      ['场地', 'Ground'],
      [
        ['yard', '学校操场', 'school yard'],
        ['square', '广场', 'square'],
        ['field', '平整田地', 'level field'],
        ['pad', '专用坪', 'made pad'],
      ],
      ['平时是什么', 'What it is on other days'],
    ),
    township,
    whole('lengthM', ['长', 'Length'], 'm', ['能用的净长', 'Clear length'], '60'),
    whole('widthM', ['宽', 'Width'], 'm', ['能用的净宽', 'Clear width'], '45'),
    number('elevationM', ['海拔', 'Height'], 'm', ['高原影响载重', 'High ground lowers the load'], '1040', {
      min: -200,
    }),
    number('slopeDeg', ['坡度', 'Slope'], 'deg', ['不宜大于 5', 'Better not above 5'], '1.5', { max: 30 }),
    number('maxT', ['可停机型', 'Takes up to'], 't', ['起飞总重', 'Take-off weight'], '6'),
    text('obstacles', ['障碍物', 'Obstacles'], ['电线、树、旗杆', 'Wires, trees, masts'], '东侧 10 千伏线'),
    flag('night', ['可夜降', 'At night'], ['有灯或能摆灯', 'Lit, or can be lit'], '否'),
    date('surveyed', ['最近勘察', 'Surveyed'], ['日期', 'Day'], '2026-03-18'),
    answerable,
    answerablePhone,
  ],
}

/** What is lost with a bridge beside the way over it. */
const CARRIES = [
  ['fibre', '光缆', 'fibre'],
  ['power', '电力线', 'power line'],
  ['water', '供水管', 'water main'],
] as const

export const bridges: Register = {
  key: 'bridges',
  sheet: { zh: '桥梁', en: 'Bridges' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C00000', group: 'target', label: { zh: '桥梁', en: 'BRG' } },
  columns: [
    text('road', ['所在道路', 'Road'], ['路名或编号', 'Name or number'], 'X205'),
    text('river', ['跨越', 'Over'], ['河名', 'Name of the river'], '示例河'),
    township,
    number('lengthM', ['桥长', 'Length'], 'm', ['全长', 'In all'], '86'),
    number('maxWeightT', ['限载', 'Weight limit'], 't', ['没有限载牌则留空', 'Blank without a sign'], '30', {
      max: 500,
    }),
    choice(
      'condition',
      ['技术状况', 'Condition'],
      [
        ['1', '一类', '1'],
        ['2', '二类', '2'],
        ['3', '三类', '3'],
        ['4', '四类', '4'],
        ['5', '五类', '5'],
      ],
      ['最近一次检测', 'As last inspected'],
    ),
    whole('built', ['建成年份', 'Built'], undefined, ['四位年份', 'Four digits'], '2003', {
      min: 1000,
      max: 2100,
    }),
    someOf('carries', ['附挂管线', 'Carries'], CARRIES, ['桥断了一起断的', 'What breaks with it']),
    owner,
    answerable,
    answerablePhone,
  ],
}

export const powerStations: Register = {
  key: 'powerStations',
  sheet: { zh: '电站', en: 'Power stations' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C20600', group: 'target', label: { zh: '电站', en: 'POWER' } },
  columns: [
    choice(
      'kind',
      ['类型', 'Kind'],
      [
        ['substation', '变电站', 'substation'],
        ['hydro', '水电站', 'hydropower'],
        ['solar', '光伏电站', 'solar'],
      ],
      ['最接近的一种', 'The nearest one'],
    ),
    owner,
    township,
    number('kV', ['电压等级', 'Voltage'], 'kV', ['最高一级', 'The highest'], '110'),
    number(
      'capacityMW',
      ['容量', 'Capacity'],
      'MW',
      ['装机或主变', 'Installed, or of its transformers'],
      '50',
    ),
    text(
      'supplies',
      ['供电范围', 'Supplies'],
      ['乡镇或重要用户', 'Townships or important users'],
      '城区及两镇',
    ),
    whole(
      'people',
      ['影响人口', 'People'],
      'people',
      ['停了影响多少人', 'Without power when it fails'],
      '62000',
    ),
    inFlood,
    person('operator', ['站长', 'Head'], ['写岗位或姓名', 'Post or name'], '站长 000'),
    phone(
      'operatorPhone',
      ['站长电话', 'Phone of head'],
      ['能随时打通', 'Answered at any hour'],
      '000-0000-0000',
    ),
    dutyPhone,
  ],
}
