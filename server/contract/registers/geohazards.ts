import { choice, date, flag, line, list, number, person, phone, ref, ring, text, whole } from './column.ts'
import {
  answerable,
  answerablePhone,
  dutyPhone,
  owner,
  phoneTested,
  RISK_LEVELS,
  township,
  village,
} from './common.ts'
import type { Register } from './register.ts'

const BOOK = '05-地质灾害与避险'

const shelter = ref(
  'shelter',
  'shelters',
  ['安置场所', 'Shelter'],
  ['避难场所的编号；要过夜时去', 'Id of the shelter to stay in'],
  '示例-避难场所',
  {
    also: ['避难场所'],
  },
)

export const geohazardPoints: Register = {
  key: 'geohazardPoints',
  sheet: { zh: '地质灾害点', en: 'Geohazard points' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'B00000', group: 'hazard', label: { zh: '地灾', en: 'GEO' } },
  columns: [
    choice(
      'kind',
      ['灾害类型', 'Kind'],
      [
        ['landslide', '滑坡', 'landslide'],
        ['rockfall', '崩塌', 'rockfall'],
        ['debrisFlow', '泥石流', 'debris flow'],
        ['collapse', '地面塌陷', 'ground collapse'],
        ['fissure', '地裂缝', 'fissure'],
        ['subsidence', '地面沉降', 'subsidence'],
      ],
      ['六类之一', 'One of six'],
      { needed: true, also: ['类型'] },
    ),
    township,
    village,
    number('volumeWanM3', ['规模', 'Volume'], 'wanM3', ['可能失稳的方量', 'What may come down'], '3.2', {
      also: ['体积'],
    }),
    ring(
      'area',
      ['影响范围', 'Hazard area'],
      ['灾害体及其可能到达的范围，首尾相接的一圈', 'The body and where it may reach: a closed ring'],
      '82.800000,38.900000; 82.801000,38.900000; 82.801000,38.899000; 82.800000,38.900000',
    ),
    choice(
      'stability',
      ['稳定性', 'Stability'],
      [
        ['stable', '稳定', 'stable'],
        ['fair', '较稳定', 'fairly stable'],
        ['poor', '较差', 'poor'],
        ['unstable', '不稳定', 'unstable'],
      ],
      ['最近一次核查', 'As last inspected'],
    ),
    list(
      'triggers',
      ['引发因素', 'Triggers'],
      ['降雨、切坡、地震、冻融、采矿等', 'Rain, cut slope, earthquake, frost, mining'],
      '降雨、切坡建房',
      { also: ['诱发因素'] },
    ),
    whole(
      'households',
      ['威胁户数', 'Households threatened'],
      'households',
      ['影响范围内常住户数', 'That live within the area'],
      '8',
    ),
    whole(
      'people',
      ['威胁人数', 'People threatened'],
      'people',
      ['影响范围内常住人数', 'Who live within the area'],
      '31',
    ),
    number('propertyWan', ['威胁财产', 'Property threatened'], 'wan', ['估值', 'Estimate'], '320'),
    choice('level', ['险情等级', 'Level'], RISK_LEVELS, [
      '按应转移人数和潜在损失',
      'By people to move and what may be lost',
    ]),
    person('monitor', ['监测员', 'Monitor'], ['每天去看的人', 'Who looks at it each day'], '监测员 000', {
      also: ['监测人', '群测群防员'],
    }),
    phone(
      'monitorPhone',
      ['监测员电话', 'Phone of monitor'],
      ['能随时打通', 'Answered at any hour'],
      '000-0000-0000',
      { also: ['监测人电话'] },
    ),
    { ...answerable, head: { zh: '村责任人', en: 'Answerable, village' } },
    answerablePhone,
    person(
      'townAnswerable',
      ['乡镇责任人', 'Answerable, township'],
      ['写岗位或姓名', 'Post or name'],
      '副镇长 000',
    ),
    phone(
      'townPhone',
      ['乡镇责任人电话', 'Phone, township'],
      ['能随时打通', 'Answered at any hour'],
      '000-0000-0000',
    ),
    { ...phoneTested, example: '2026-06-20' },
    flag(
      'automatic',
      ['自动监测', 'Automatic'],
      ['是否装有自动监测设备', 'Whether instruments watch it'],
      '是',
      { also: ['是否自动监测'] },
    ),
    list(
      'means',
      ['监测手段', 'Watched by'],
      ['人工巡查、裂缝计、GNSS、雨量计等', 'Walks, crack gauge, GNSS, rain gauge'],
      '人工巡查、裂缝计',
    ),
    text('signal', ['预警信号', 'Signal'], ['大家听得懂的信号', 'What everyone knows'], '铜锣急敲加喇叭喊话'),
    line(
      'wayOut',
      ['撤离路线', 'Way out'],
      [
        '从影响范围边缘到避险场所的折线，不穿过影响范围',
        'From the edge of the area to the refuge, not through the area',
      ],
      '82.802000,38.900500; 82.804000,38.901000',
    ),
    number('wayOutMin', ['步行用时', 'On foot'], 'min', ['实际走过一遍的时间', 'As once walked'], '12'),
    ref(
      'refuge',
      'refuges',
      ['避险场所', 'Refuge'],
      ['撤离路线终点的编号', 'Id of the place where the way out ends'],
      '示例-避险点',
      { also: ['避险地点', '避险点'] },
    ),
    shelter,
    choice(
      'works',
      ['工程治理', 'Works'],
      [
        ['none', '未治理', 'none'],
        ['planned', '已立项', 'planned'],
        ['building', '施工中', 'under way'],
        ['done', '已治理', 'done'],
      ],
      ['威胁 50 人以上的应治理或搬迁', 'Due where 50 people or more are threatened'],
    ),
    date('inspected', ['最近巡查', 'Last inspected'], ['日期', 'Day'], '2026-07-01', { also: ['巡查日期'] }),
    choice(
      'state',
      ['在册状态', 'State'],
      [
        ['listed', '在册', 'listed'],
        ['struck', '销号', 'struck off'],
      ],
      ['销号的不再叫应', 'No calls for those struck off'],
    ),
  ],
}

export const refuges: Register = {
  key: 'refuges',
  sheet: { zh: '避险点', en: 'Refuges' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D60100', group: 'resource', label: { zh: '避险', en: 'REF' } },
  columns: [
    township,
    village,
    text(
      'place',
      ['场地', 'Place'],
      ['广场、学校操场、村委会', 'Square, school yard, village office'],
      '村委会广场',
    ),
    whole(
      'capacity',
      ['可容纳', 'Takes'],
      'people',
      ['短时避险每人按 0.5 平方米', '0.5 m² each for a short stay'],
      '300',
      { also: ['容纳人数'] },
    ),
    flag('indoor', ['有室内场地', 'Indoors'], ['下雨能进屋', 'Out of the rain'], '是'),
    flag('water', ['有水', 'Water'], ['有饮用水', 'Drinking water'], '是'),
    answerable,
    answerablePhone,
    shelter,
  ],
}

export const shelters: Register = {
  key: 'shelters',
  sheet: { zh: '应急避难场所', en: 'Shelters' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D60100', group: 'resource', label: { zh: '避难', en: 'SHEL' } },
  columns: [
    choice(
      'kind',
      ['类型', 'Kind'],
      [
        ['emergency', '紧急', 'emergency'],
        ['fixed', '固定', 'fixed'],
        ['centre', '中心', 'centre'],
      ],
      ['按 GB 51143-2015', 'By GB 51143-2015'],
    ),
    choice(
      'class',
      ['等级', 'Class'],
      [
        ['1', 'Ⅰ 类', 'Ⅰ'],
        ['2', 'Ⅱ 类', 'Ⅱ'],
        ['3', 'Ⅲ 类', 'Ⅲ'],
      ],
      ['按批复', 'As approved'],
    ),
    choice(
      'built',
      ['建设性质', 'Built'],
      [
        ['new', '新建', 'new'],
        ['upgraded', '改造提升', 'upgraded'],
        ['old', '原有', 'as it was'],
      ],
      ['最近一轮建设', 'In the last round'],
    ),
    owner,
    township,
    number('areaM2', ['占地面积', 'Area'], 'm2', ['红线内', 'Within its bounds'], '12000'),
    number(
      'usableM2',
      ['有效避难面积', 'Usable area'],
      'm2',
      ['能住人的面积', 'Where people can stay'],
      '6400',
      { also: ['有效面积'] },
    ),
    number(
      'indoorM2',
      ['其中室内', 'Of it indoors'],
      'm2',
      ['地震后待鉴定', 'To be inspected after an earthquake'],
      '1800',
    ),
    whole(
      'capacity',
      ['可容纳', 'Takes'],
      'people',
      ['按批复的避难天数', 'For the days it is approved for'],
      '3200',
      { also: ['容纳人数'] },
    ),
    whole('stayDays', ['避难时长', 'For'], 'days', ['按批复', 'As approved'], '15'),
    flag('water', ['应急供水', 'Water'], ['停水时也有', 'Without mains too'], '是'),
    flag('power', ['应急供电', 'Power'], ['停电时也有', 'Without mains too'], '是'),
    whole('toilets', ['厕位', 'Toilets'], undefined, ['蹲位数', 'Seats'], '64'),
    flag('helipad', ['可停直升机', 'Helicopter'], ['是否有起降场地', 'Whether one can land'], '否'),
    { ...answerable, example: '场长 000' },
    answerablePhone,
    dutyPhone,
    date('inspected', ['最近检查', 'Last inspected'], ['日期', 'Day'], '2026-05-12'),
  ],
}
