import { choice, date, number, person, phone, ref, someOf, text, whole } from './column.ts'
import { CAPABILITIES, owner, state, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '02-救援队伍'

const team = ref('team', 'teams', ['所属队伍', 'Team'], ['队伍的编号', 'Id of the team'], '示例-队伍', {
  also: ['队伍', '队伍编号', '所属单位'],
  needed: true,
})

export const teams: Register = {
  key: 'teams',
  sheet: { zh: '救援队伍', en: 'Rescue teams' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D20400', group: 'resource', label: { zh: '队伍', en: 'TEAM' } },
  columns: [
    choice(
      'kind',
      ['类别', 'Kind'],
      [
        ['fire', '消防', 'fire'],
        ['forest', '森林消防', 'forest fire'],
        ['mine', '矿山救护', 'mine rescue'],
        ['rescue', '专业救援', 'specialised rescue'],
        ['township', '乡镇综合', 'township'],
        ['medical', '医疗', 'medical'],
        ['police', '公安', 'police'],
        ['social', '社会', 'voluntary'],
        ['other', '其他', 'other'],
      ],
      ['按队伍性质选', 'By what the team is'],
      { needed: true, also: ['类型', '队伍类别'] },
    ),
    owner,
    township,
    whole('people', ['总人数', 'People'], 'people', ['在编能出动的人', 'All who can be sent'], '36', {
      also: ['人数', '队伍人数'],
    }),
    whole(
      'onDuty',
      ['日常在岗', 'On duty'],
      'people',
      ['平日随时能走的人', 'Who can leave at once on a usual day'],
      '12',
      {
        also: ['在岗人数', '备勤人数'],
      },
    ),
    someOf('capabilities', ['救援能力', 'Capabilities'], CAPABILITIES, [
      '能独立完成的任务，用顿号隔开',
      'What it can do by itself, separated by 、',
    ]),
    choice(
      'grade',
      ['能力等级', 'Grade'],
      [
        ['1', '一级', 'first'],
        ['2', '二级', 'second'],
        ['3', '三级', 'third'],
      ],
      ['按测评结果；未测评则留空', 'As tested; blank when not tested'],
    ),
    number(
      'turnoutDayMin',
      ['白天出动', 'Turnout by day'],
      'min',
      ['接令到车轮转动', 'From the order to turning wheels'],
      '5',
      {
        max: 1440,
        also: ['出动分钟', '出动时间'],
      },
    ),
    number(
      'turnoutNightMin',
      ['夜间出动', 'Turnout by night'],
      'min',
      ['22 时至 6 时', '22:00 to 06:00'],
      '10',
      { max: 1440 },
    ),
    number('maxHours', ['可连续作业', 'Works at most'], 'h', ['不轮换能干多久', 'Without relief'], '12', {
      max: 72,
    }),
    person('leader', ['队长', 'Leader'], ['写岗位或姓名', 'Post or name'], '队长 000', { also: ['负责人'] }),
    phone(
      'leaderPhone',
      ['队长电话', 'Phone of leader'],
      ['能随时打通的号码', 'Answered at any hour'],
      '000-0000-0000',
    ),
    phone(
      'dutyPhone',
      ['值班电话一', '24 h phone'],
      ['24 小时有人接', 'Answered day and night'],
      '000-0000-0000',
      {
        also: ['值班电话', '24小时值班电话'],
      },
    ),
    phone('dutyPhone2', ['值班电话二', 'Second 24 h phone'], ['备用', 'Spare'], '000-0000-0000'),
    choice(
      'state',
      ['状态', 'State'],
      [
        ['ready', '待命', 'ready'],
        ['resting', '休整', 'resting'],
        ['out', '停用', 'out of use'],
      ],
      ['停用的不参加测算', 'A team out of use is left out of every calculation'],
    ),
    text('radio', ['电台呼号', 'Call sign'], ['370 兆或对讲机呼号', 'On 370 MHz or handhelds'], '青岭 01'),
  ],
}

export const vehicles: Register = {
  key: 'vehicles',
  sheet: { zh: '车辆', en: 'Vehicles' },
  book: BOOK,
  position: 'none',
  columns: [
    team,
    choice(
      'kind',
      ['车型', 'Kind'],
      [
        ['tanker', '水罐消防车', 'water tender'],
        ['foam', '泡沫消防车', 'foam tender'],
        ['ladder', '云梯消防车', 'ladder truck'],
        ['rescueTruck', '抢险救援车', 'rescue truck'],
        ['command', '指挥车', 'command car'],
        ['crew', '运兵车', 'crew carrier'],
        ['forest', '森林消防水车', 'forest fire tender'],
        ['mineRescue', '矿山救护车', 'mine rescue vehicle'],
        ['pump', '排水抢险车', 'pump truck'],
        ['hazmat', '危化品处置车', 'hazmat vehicle'],
        ['pickup', '皮卡', 'pick-up'],
        ['offRoad', '越野车', '4×4'],
        ['truck', '载货汽车', 'lorry'],
        ['loader', '装载机', 'wheel loader'],
        ['excavator', '挖掘机（拖板）', 'excavator on a low-loader'],
        ['boatTrailer', '冲锋舟拖车', 'boat trailer'],
      ],
      ['最接近的一种', 'The nearest one'],
      { needed: true, also: ['车辆类型', '类型'] },
    ),
    text('plate', ['号牌', 'Plate'], ['车牌号', 'Number plate'], '虚A·00000', { also: ['车牌号'] }),
    choice(
      'drivesAs',
      ['按何种车速测算', 'Reckoned as'],
      [
        ['heavy', '重型车', 'heavy vehicle'],
        ['light', '轻型越野', 'light 4×4'],
      ],
      ['总质量 4.5 吨以上按重型', 'Above 4.5 t: heavy'],
    ),
    number('weightT', ['总质量', 'Weight, laden'], 't', ['满载；过桥用', 'Laden, for bridges'], '16', {
      max: 200,
    }),
    number('heightM', ['车高', 'Height'], 'm', ['过涵洞用', 'For underpasses'], '3.4', { max: 10 }),
    number('widthM', ['车宽', 'Width'], 'm', ['不含后视镜', 'Without mirrors'], '2.5', { max: 10 }),
    whole('seats', ['乘员', 'Seats'], 'people', ['含驾驶员', 'With the driver'], '6', { max: 80 }),
    text('load', ['主要参数', 'Carries'], ['载水、排量、吊重等', 'Water, flow, lift'], '载水 8 吨'),
    state,
    date('inspected', ['年检有效期', 'Inspected until'], ['到期日', 'Day it ends'], '2027-03-31'),
  ],
}

export const equipment: Register = {
  key: 'equipment',
  sheet: { zh: '装备', en: 'Equipment' },
  book: BOOK,
  position: 'none',
  columns: [
    team,
    choice('capability', ['用于', 'For'], CAPABILITIES, ['最主要的一种用途', 'Its main use']),
    number('quantity', ['数量', 'Quantity'], undefined, ['完好的数量', 'In working order'], '4', {
      needed: true,
    }),
    text('unit', ['计量单位', 'Unit'], ['台、套、艘', 'Piece, set, boat'], '台', { also: ['单位'] }),
    number(
      'amount',
      ['单台能力', 'Each can do'],
      undefined,
      ['每台的能力值，与“能力单位”同填', 'How much each can do, in the next column’s unit'],
      '500',
    ),
    text('amountUnit', ['能力单位', 'In'], ['如 立方米/时、吨、米', 'As m³/h, t, m'], '立方米/时'),
    text('spec', ['型号规格', 'Model'], ['铭牌上的型号', 'On its plate'], '示例型号'),
    state,
    date('checked', ['最近保养', 'Last serviced'], ['日期', 'Day'], '2026-04-12'),
  ],
}
