import { choice, date, flag, number, text, whole } from './column.ts'
import {
  answerable,
  answerablePhone,
  belowSlope,
  dutyPhone,
  inFlood,
  nightStaff,
  owner,
  township,
  village,
} from './common.ts'
import type { Register } from './register.ts'

const BOOK = '08-防护目标'

const basement = flag('basement', ['有地下室', 'Basement'], ['进水要先撤人', 'To be emptied first'], '否')

export const guestHouses: Register = {
  key: 'guestHouses',
  sheet: { zh: '民宿旅店', en: 'Guest houses' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C00000', group: 'target', label: { zh: '民宿', en: 'INN' } },
  columns: [
    township,
    village,
    owner,
    whole('beds', ['床位', 'Beds'], 'beds', ['登记数', 'As registered'], '24'),
    whole(
      'peak',
      ['旺季住客', 'Guests in season'],
      'people',
      ['节假日估计，不在村户籍内', 'On holidays; not among the residents'],
      '40',
    ),
    inFlood,
    basement,
    answerable,
    answerablePhone,
  ],
}

export const scenicSpots: Register = {
  key: 'scenicSpots',
  sheet: { zh: '景区', en: 'Scenic spots' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C00000', group: 'target', label: { zh: '景区', en: 'SCENIC' } },
  columns: [
    text('class', ['等级', 'Class'], ['如 3A；网红点写“未评”', 'As 3A; “未评” when unrated'], '3A'),
    township,
    owner,
    whole('peak', ['最大承载量', 'At most'], 'people', ['瞬时', 'At one time'], '2600'),
    whole('usual', ['平日在园', 'Usually'], 'people', ['白天估计', 'By day'], '300'),
    flag('canyon', ['峡谷涉水', 'In a gorge'], ['下雨涨水快', 'Water rises fast there'], '是'),
    whole('clearMin', ['清场用时', 'Cleared in'], 'min', ['演练过的时间', 'As once drilled'], '40'),
    answerable,
    answerablePhone,
    dutyPhone,
  ],
}

export const buildingSites: Register = {
  key: 'buildingSites',
  sheet: { zh: '工地工棚', en: 'Building sites' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C00000', group: 'target', label: { zh: '工地', en: 'SITE' } },
  columns: [
    township,
    owner,
    text('project', ['工程', 'Project'], ['项目名称', 'Its name'], '示例工程'),
    whole(
      'workers',
      ['住宿工人', 'Workers living there'],
      'people',
      ['外来人员，不在村户籍内', 'From elsewhere; not among the residents'],
      '46',
    ),
    whole('huts', ['工棚', 'Huts'], undefined, ['间数', 'Rooms'], '12'),
    flag(
      'lightHuts',
      ['彩钢板房', 'Light huts'],
      ['大风、地震要先撤', 'To be left first in wind or earthquake'],
      '是',
    ),
    inFlood,
    belowSlope,
    date('until', ['计划完工', 'Until'], ['到期后核销', 'Struck off afterwards'], '2027-10-31'),
    { ...answerable, example: '项目经理 000' },
    answerablePhone,
  ],
}

export const nursingHomes: Register = {
  key: 'nursingHomes',
  sheet: { zh: '养老机构', en: 'Homes for the old' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C00000', group: 'target', label: { zh: '养老', en: 'CARE' } },
  columns: [
    township,
    owner,
    whole('beds', ['床位', 'Beds'], 'beds', ['核定', 'As licensed'], '80'),
    whole('residents', ['在住老人', 'Residents'], 'people', ['实际住的', 'Who live there'], '62'),
    whole('bedridden', ['卧床', 'Bedridden'], 'people', ['需担架', 'Need a stretcher'], '17'),
    { ...nightStaff, head: { zh: '夜班护理员', en: 'Staff at night' } },
    whole('floors', ['楼层', 'Floors'], undefined, ['住人的层数', 'Where people live'], '3'),
    flag('lift', ['有电梯', 'Lift'], ['停电时不能用', 'Not without mains'], '是'),
    inFlood,
    answerable,
    answerablePhone,
    dutyPhone,
  ],
}

export const schools: Register = {
  key: 'schools',
  sheet: { zh: '学校', en: 'Schools' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'C10200', group: 'target', label: { zh: '学校', en: 'SCH' } },
  columns: [
    choice(
      'kind',
      ['类别', 'Kind'],
      [
        ['primary', '小学', 'primary'],
        ['middle', '初中', 'middle'],
        ['high', '高中', 'high'],
        ['kindergarten', '幼儿园', 'kindergarten'],
        ['vocational', '职业学校', 'vocational'],
      ],
      ['最高学段', 'Its highest part'],
    ),
    township,
    village,
    whole('pupils', ['学生', 'Pupils'], 'people', ['在校', 'Enrolled'], '640', { also: ['学生数'] }),
    whole('boarders', ['住校生', 'Boarders'], 'people', ['夜里在校', 'There at night'], '310', {
      also: ['寄宿生'],
    }),
    whole('staff', ['教职工', 'Staff'], 'people', ['在编在岗', 'On its staff'], '52'),
    nightStaff,
    inFlood,
    belowSlope,
    { ...answerable, example: '校长 000' },
    answerablePhone,
    dutyPhone,
  ],
}

export const hospitals: Register = {
  key: 'hospitals',
  sheet: { zh: '医院', en: 'Hospitals' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D50100', group: 'resource', label: { zh: '医院', en: 'HOSP' } },
  columns: [
    choice(
      'kind',
      ['级别', 'Kind'],
      [
        ['township', '乡镇卫生院', 'township clinic'],
        ['county', '县级医院', 'county hospital'],
        ['maternity', '妇幼保健院', 'maternity'],
        ['chinese', '中医院', 'Chinese medicine'],
        ['private', '民营医院', 'private'],
      ],
      ['按登记', 'As registered'],
    ),
    township,
    whole('beds', ['床位', 'Beds'], 'beds', ['开放床位', 'In use'], '220'),
    whole('freeBeds', ['可腾床位', 'Can be freed'], 'beds', ['两小时内', 'Within two hours'], '40'),
    whole('icuBeds', ['重症床位', 'Intensive care'], 'beds', ['有监护', 'Monitored'], '12'),
    whole('doctors', ['医生', 'Doctors'], 'people', ['执业医师', 'Licensed'], '78'),
    whole('ambulances', ['救护车', 'Ambulances'], 'vehicles', ['能出车的', 'In working order'], '4'),
    flag('surgery', ['能做急诊手术', 'Emergency surgery'], ['夜里也能', 'At night too'], '是'),
    number('generatorHours', ['自备电可用', 'Own power'], 'h', ['停电后', 'Without mains'], '12'),
    inFlood,
    answerable,
    answerablePhone,
    { ...dutyPhone, also: ['急诊电话', '值班电话'] },
  ],
}
