import { choice, date, flag, list, number, person, phone, ref, text, whole } from './column.ts'
import { answerable, answerablePhone, dutyPhone, owner, township } from './common.ts'
import type { Column, Register } from './register.ts'

const BOOK = '07-监测站网'

const online: Column = choice(
  'state',
  ['在线状态', 'State'],
  [
    ['online', '在线', 'online'],
    ['late', '数据延迟', 'late'],
    ['silent', '数据中断', 'silent'],
  ],
  ['台账登记时的状态', 'When the row was written'],
)
const lastData = date(
  'lastData',
  ['最近数据', 'Last data'],
  ['登记时最后一次来数的日期', 'Day of the last data when the row was written'],
  '2026-07-10',
)

export const weatherStations: Register = {
  key: 'weatherStations',
  sheet: { zh: '气象站', en: 'Weather stations' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D00000', group: 'resource', label: { zh: '气象', en: 'WX' } },
  columns: [
    choice(
      'kind',
      ['站类', 'Kind'],
      [
        ['regional', '区域站', 'regional'],
        ['national', '国家站', 'national'],
      ],
      ['按气象部门', 'As the weather office has it'],
    ),
    township,
    number('elevationM', ['海拔', 'Height'], 'm', ['观测场', 'Of the station'], '1065', { min: -200 }),
    list(
      'elements',
      ['观测要素', 'Measures'],
      ['雨量、气温、风等', 'Rain, temperature, wind'],
      '雨量、气温、风',
    ),
    whole('intervalMin', ['上传间隔', 'Every'], 'min', ['多久来一次数', 'How often data come'], '5'),
    online,
    lastData,
    answerable,
    answerablePhone,
  ],
}

export const seismicStations: Register = {
  key: 'seismicStations',
  sheet: { zh: '地震仪', en: 'Seismic stations' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D00000', group: 'resource', label: { zh: '地震', en: 'EQ' } },
  columns: [
    choice(
      'kind',
      ['站类', 'Kind'],
      [
        ['intensity', '烈度仪', 'intensity meter'],
        ['basic', '基本站', 'basic'],
        ['reference', '基准站', 'reference'],
      ],
      ['按地震预警网', 'As the warning network has it'],
    ),
    township,
    number('elevationM', ['海拔', 'Height'], 'm', ['仪器墩', 'Of its pier'], '1020', { min: -200 }),
    text('ground', ['场地', 'Ground'], ['基岩或土层', 'Rock or soil'], '基岩'),
    online,
    lastData,
    answerable,
    answerablePhone,
  ],
}

export const radioStations: Register = {
  key: 'radioStations',
  sheet: { zh: '370 兆固定台', en: 'Radio stations' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D00000', group: 'resource', label: { zh: '电台', en: 'RADIO' } },
  columns: [
    township,
    number('elevationM', ['海拔', 'Height'], 'm', ['铁塔脚下', 'At the foot of its mast'], '1610', {
      min: -200,
    }),
    number('mastM', ['天线高', 'Mast'], 'm', ['离地', 'Above the ground'], '30'),
    number('frequencyMHz', ['频率', 'Frequency'], 'MHz', ['下行', 'Downlink'], '', { max: 6000 }),
    number(
      'rangeKm',
      ['覆盖半径', 'Reach'],
      'km',
      ['平原视距；山区另看遮挡', 'In sight; hills shade it'],
      '20',
    ),
    number(
      'backupHours',
      ['断电可用', 'Without mains'],
      'h',
      ['电池或油机能撑多久', 'By battery or generator'],
      '24',
    ),
    choice(
      'link',
      ['回传', 'Link'],
      [
        ['microwave', '微波', 'microwave'],
        ['fibre', '光缆', 'fibre'],
        ['satellite', '卫星', 'satellite'],
      ],
      ['怎样连到指挥中心', 'How it reaches the command centre'],
    ),
    online,
    date(
      'tested',
      ['最近测试', 'Last test'],
      ['最近一次点名通的日期', 'Day of the last roll-call'],
      '2026-07-01',
    ),
    answerable,
    answerablePhone,
    dutyPhone,
  ],
}

export const instruments: Register = {
  key: 'instruments',
  sheet: { zh: '监测设备', en: 'Instruments' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D00000', group: 'resource', label: { zh: '监测', en: 'INST' } },
  columns: [
    choice(
      'kind',
      ['监测项', 'Measures'],
      [
        ['pondLevel', '库水位', 'pond level'],
        ['beach', '干滩长度', 'dry beach'],
        ['phreatic', '浸润线', 'phreatic line'],
        ['damShift', '坝体位移', 'shift of the dam'],
        ['rain', '雨量', 'rain'],
        ['gnss', '地表位移（GNSS）', 'shift of the ground (GNSS)'],
        ['crack', '裂缝', 'crack'],
        ['tilt', '倾角', 'tilt'],
        ['mud', '泥位', 'debris level'],
        ['reservoirLevel', '水库水位', 'reservoir level'],
        ['stage', '河道水位', 'river stage'],
      ],
      ['一台一行', 'One row each'],
      { needed: true, also: ['类型', '监测类型'] },
    ),
    ref(
      'pond',
      'tailingsPonds',
      ['所属尾矿库', 'Pond'],
      ['装在尾矿库时填编号', 'Id when it stands on a pond'],
      '示例-尾矿库',
    ),
    ref(
      'point',
      'geohazardPoints',
      ['所属地质灾害点', 'Geohazard point'],
      ['装在灾害点时填编号', 'Id when it stands on a point'],
      '',
    ),
    ref(
      'reservoir',
      'reservoirs',
      ['所属水库', 'Reservoir'],
      ['装在水库时填编号', 'Id when it stands on a reservoir'],
      '',
    ),
    text('river', ['所在河流', 'River'], ['河道站填河名', 'Name for a river gauge'], ''),
    text('unit', ['计量单位', 'Unit'], ['米、毫米', 'm, mm'], '米', { also: ['单位'] }),
    number(
      'zeroM',
      ['零点高程', 'Zero'],
      'm',
      ['读数为 0 时的海拔', 'Height above the sea of reading 0'],
      '0',
      { min: -200 },
    ),
    number(
      'blue',
      ['蓝色阈值', 'Blue at'],
      undefined,
      ['设计单位给出；没有就留空', 'From the designer; blank when none'],
      '1240.0',
      { min: -10000 },
    ),
    number('yellow', ['黄色阈值', 'Yellow at'], undefined, ['同上', 'As above'], '1240.4', { min: -10000 }),
    number('orange', ['橙色阈值', 'Orange at'], undefined, ['同上', 'As above'], '1240.8', { min: -10000 }),
    number('red', ['红色阈值', 'Red at'], undefined, ['同上', 'As above'], '1241.2', { min: -10000 }),
    choice(
      'alarmWhen',
      ['越界方向', 'Alarms when'],
      [
        ['above', '高于', 'above'],
        ['below', '低于', 'below'],
      ],
      ['干滩长度为低于', 'Below for a dry beach'],
    ),
    whole('intervalMin', ['上传间隔', 'Every'], 'min', ['多久来一次数', 'How often data come'], '10'),
    date('installed', ['安装日期', 'Installed'], ['日期', 'Day'], '2024-09-15'),
    online,
    lastData,
    owner,
    person('keeper', ['运维人', 'Kept by'], ['写岗位或姓名', 'Post or name'], '运维员 000'),
    phone('keeperPhone', ['运维电话', 'Phone of keeper'], ['能打通', 'Answered'], '000-0000-0000'),
    flag(
      'public',
      ['接入县平台', 'Reaches the county'],
      ['数据是否到县里', 'Whether its data reach the county'],
      '是',
    ),
  ],
}
