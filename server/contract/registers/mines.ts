import { choice, date, flag, number, person, phone, ref, text, whole } from './column.ts'
import { answerable, answerablePhone, dutyPhone, owner, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '04-矿山与危险源'

const mine = ref('mine', 'mines', ['所属矿山', 'Mine'], ['矿山的编号', 'Id of the mine'], '示例-矿山', {
  also: ['矿山', '企业名称'],
})

const mineState = choice(
  'state',
  ['状态', 'State'],
  [
    ['producing', '生产', 'producing'],
    ['building', '基建', 'being built'],
    ['stopped', '停产', 'stopped'],
    ['closed', '关闭', 'closed'],
  ],
  ['目前是否有人作业', 'Whether people work there now'],
)

export const mines: Register = {
  key: 'mines',
  sheet: { zh: '矿山', en: 'Mines' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'B10100', group: 'hazard', label: { zh: '矿山', en: 'MINE' } },
  columns: [
    choice(
      'kind',
      ['矿种', 'Kind'],
      [
        ['iron', '铁矿', 'iron'],
        ['coal', '煤矿', 'coal'],
        ['other', '其他非煤', 'other'],
      ],
      ['铁、煤或其他', 'Iron, coal or other'],
      { needed: true },
    ),
    choice(
      'method',
      ['开采方式', 'Worked'],
      [
        ['underground', '地下', 'underground'],
        ['open', '露天', 'open cast'],
      ],
      ['有井下作业即为地下', 'Underground if anybody works below'],
    ),
    owner,
    township,
    number('capacityWanTa', ['核定产能', 'Capacity'], 'wanTa', ['按许可证', 'As licensed'], '30', {
      also: ['生产能力'],
    }),
    whole(
      'peopleBelow',
      ['单班最多入井', 'Below, at most'],
      'people',
      ['一班井下最多人数；露天填采场人数', 'In one shift; open cast: in the pit'],
      '49',
      {
        also: ['单班入井人数'],
      },
    ),
    number(
      'depthM',
      ['最大采深', 'Depth'],
      'm',
      ['井口到最低作业面', 'From the portal to the lowest face'],
      '260',
    ),
    whole(
      'exits',
      ['安全出口', 'Exits'],
      undefined,
      ['能走到地面的出口', 'Ways on foot to the surface'],
      '2',
    ),
    choice(
      'gas',
      ['瓦斯等级', 'Gas'],
      [
        ['low', '低瓦斯', 'low'],
        ['high', '高瓦斯', 'high'],
        ['outburst', '突出', 'outburst'],
      ],
      ['仅煤矿填', 'Coal only'],
    ),
    choice(
      'hydrology',
      ['水文地质类型', 'Groundwater'],
      [
        ['simple', '简单', 'simple'],
        ['medium', '中等', 'medium'],
        ['complex', '复杂', 'complex'],
      ],
      ['按地质报告', 'By its geological report'],
    ),
    mineState,
    { ...answerable, example: '矿长 000' },
    answerablePhone,
    dutyPhone,
    person(
      'inspector',
      ['驻矿包保干部', 'County’s inspector'],
      ['写岗位或姓名', 'Post or name'],
      '驻矿员 000',
    ),
    phone(
      'inspectorPhone',
      ['包保干部电话', 'Phone of inspector'],
      ['能随时打通', 'Answered at any hour'],
      '000-0000-0000',
    ),
    ref(
      'rescueTeam',
      'teams',
      ['签约救护队', 'Rescue team by contract'],
      ['队伍的编号', 'Id of the team'],
      '示例-队伍',
    ),
    date('licensedUntil', ['安全许可证到期', 'Licence until'], ['到期日', 'Day it ends'], '2028-03-31'),
  ],
}

export const miningSystems: Register = {
  key: 'miningSystems',
  sheet: { zh: '生产系统', en: 'Production systems' },
  book: BOOK,
  position: 'expected',
  columns: [
    { ...mine, needed: true },
    choice(
      'method',
      ['开采方式', 'Worked'],
      [
        ['underground', '地下', 'underground'],
        ['open', '露天', 'open cast'],
      ],
      ['按设计', 'As designed'],
    ),
    choice(
      'grade',
      ['风险分级', 'Risk grade'],
      [
        ['A', 'A 级', 'A'],
        ['B', 'B 级', 'B'],
        ['C', 'C 级', 'C'],
        ['D', 'D 级', 'D'],
      ],
      ['按最近一次安全风险分级，A 最低 D 最高', 'By the last grading, A the safest'],
      { also: ['分级', '等级'] },
    ),
    whole('people', ['单班作业人数', 'At work'], 'people', ['一班最多', 'In one shift at most'], '32'),
    number('levelM', ['井口标高', 'Height of portal'], 'm', ['海拔', 'Above the sea'], '1180', { min: -200 }),
    number('lowestM', ['最低作业标高', 'Lowest face'], 'm', ['海拔', 'Above the sea'], '960', { min: -2000 }),
    number('pumpM3h', ['排水能力', 'Pumps'], undefined, ['立方米/时', 'm³/h'], '240'),
    date('graded', ['分级日期', 'Graded'], ['日期', 'Day'], '2026-01-15'),
    mineState,
  ],
}

export const hazardSources: Register = {
  key: 'hazardSources',
  sheet: { zh: '重大危险源', en: 'Major hazard sources' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'B10100', group: 'hazard', label: { zh: '危源', en: 'HAZ' } },
  columns: [
    owner,
    township,
    choice(
      'level',
      ['危险源级别', 'Level'],
      [
        ['1', '一级', '1'],
        ['2', '二级', '2'],
        ['3', '三级', '3'],
        ['4', '四级', '4'],
      ],
      ['按备案', 'As registered'],
    ),
    text('substance', ['危险物质', 'Substance'], ['最主要的一种', 'The main one'], '液氨', {
      also: ['物质名称'],
    }),
    text('un', ['UN 编号', 'UN number'], ['四位', 'Four digits'], '1005'),
    number('quantityT', ['最大存量', 'At most'], 't', ['单元内最大储量', 'In its unit'], '20'),
    whole(
      'isolateM',
      ['初始隔离距离', 'First isolation'],
      'm',
      ['处置方案给出的距离', 'From its own plan'],
      '150',
    ),
    whole(
      'protectM',
      ['下风向防护距离', 'Protected downwind'],
      'm',
      ['处置方案给出的距离', 'From its own plan'],
      '800',
    ),
    whole('peopleWithin', ['防护距离内人数', 'People within'], 'people', ['常住人口', 'Residents'], '420'),
    answerable,
    answerablePhone,
    dutyPhone,
    flag(
      'monitored',
      ['在线监测', 'Monitored'],
      ['是否接入监测平台', 'Whether its data reach the platform'],
      '是',
    ),
  ],
}
