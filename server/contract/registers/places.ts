import { choice, list, person, phone, whole } from './column.ts'
import { answerable, answerablePhone, dutyPhone, phoneTested, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '01-乡镇村组'

export const townships: Register = {
  key: 'townships',
  sheet: { zh: '乡镇街道', en: 'Townships' },
  book: BOOK,
  position: 'expected',
  columns: [
    choice(
      'kind',
      ['类别', 'Kind'],
      [
        ['town', '镇', 'town'],
        ['township', '乡', 'township'],
        ['subdistrict', '街道', 'sub-district'],
      ],
      ['镇、乡或街道', 'Town, township or sub-district'],
      { needed: true },
    ),
    whole('people', ['人口', 'People'], 'people', ['常住人口', 'Residents'], '23600', {
      also: ['常住人口', '总人口'],
    }),
    whole(
      'villages',
      ['村（社区）数', 'Villages'],
      undefined,
      ['行政村与社区合计', 'Villages and communities'],
      '17',
    ),
    answerable,
    answerablePhone,
    person(
      'deputy',
      ['分管负责人', 'Deputy'],
      ['责任人联系不上时找谁（B 岗）', 'Who is called when the first does not answer'],
      '副镇长 000',
      { also: ['B岗'] },
    ),
    phone('deputyPhone', ['分管负责人电话', 'Phone of deputy'], ['同上', 'As above'], '000-0000-0000'),
    dutyPhone,
    phoneTested,
    whole(
      'dutyPeople',
      ['夜间值守人数', 'On duty at night'],
      'people',
      ['夜间在岗人数，含带班', 'At their post at night'],
      '2',
    ),
    whole(
      'readyPoints',
      ['七有达标项', 'Of seven in place'],
      undefined,
      [
        '有班子、机制、预案、队伍、物资、培训演练、避险场所，达标几项',
        'Leaders, rules, plan, team, stock, drills, refuge: how many are in place',
      ],
      '6',
      { max: 7 },
    ),
  ],
}

export const villages: Register = {
  key: 'villages',
  sheet: { zh: '行政村', en: 'Villages' },
  book: BOOK,
  position: 'expected',
  columns: [
    { ...township, needed: true },
    choice(
      'kind',
      ['类别', 'Kind'],
      [
        ['village', '行政村', 'village'],
        ['community', '社区', 'community'],
      ],
      ['行政村或社区', 'Village or urban community'],
    ),
    whole(
      'people',
      ['人口', 'People'],
      'people',
      ['常住人口；不详则留空', 'Residents; blank when unknown'],
      '1180',
      {
        also: ['常住人口', '人口数'],
      },
    ),
    whole(
      'households',
      ['户数', 'Households'],
      'households',
      ['常住户数', 'Households that live there'],
      '365',
    ),
    list('hamlets', ['自然村', 'Hamlets'], ['所辖自然村（组）名称', 'Names of its hamlets'], '东沟、西坪'),
    whole(
      'needHelp',
      ['需帮助转移人数', 'Need help to leave'],
      'people',
      ['转移时需要人扶、背、抬、接的总数', 'Who must be led, carried or fetched'],
      '86',
      { also: ['重点人群', '需帮扶人数'] },
    ),
    whole(
      'aloneOld',
      ['独居老人', 'Old, living alone'],
      'people',
      ['含空巢老人', 'Couples without children too'],
      '31',
    ),
    whole(
      'disabled',
      ['残疾人', 'Disabled'],
      'people',
      ['行动、视力、听力残疾', 'In moving, seeing or hearing'],
      '18',
    ),
    whole(
      'bedridden',
      ['卧床病人', 'Bedridden'],
      'people',
      ['需担架或救护车', 'Need a stretcher or ambulance'],
      '6',
    ),
    whole(
      'childrenAlone',
      ['留守儿童', 'Children left behind'],
      'people',
      ['父母不在身边', 'Parents work elsewhere'],
      '22',
    ),
    whole(
      'pregnant',
      ['孕产妇', 'Pregnant or just delivered'],
      'people',
      ['怀孕七月以上及产后一月', 'From the seventh month to one month after'],
      '5',
    ),
    whole(
      'onPower',
      ['依赖用电医疗设备', 'On powered devices'],
      'people',
      ['制氧机、呼吸机、透析', 'Oxygen, ventilator, dialysis'],
      '4',
    ),
    choice(
      'access',
      ['通行条件', 'Access'],
      [
        ['road', '公路', 'road'],
        ['track', '机耕道', 'track'],
        ['foot', '仅步行', 'on foot only'],
      ],
      ['到村的最好一条路', 'The best way to the village'],
    ),
    { ...answerable, example: '村支书 000' },
    answerablePhone,
    person(
      'deputy',
      ['副职（B 岗）', 'Deputy'],
      ['责任人联系不上时找谁', 'Who is called when the first does not answer'],
      '村委副主任 000',
      {
        also: ['B岗'],
      },
    ),
    phone('deputyPhone', ['副职电话', 'Phone of deputy'], ['同上', 'As above'], '000-0000-0000'),
    phoneTested,
    whole(
      'volunteers',
      ['村级队伍人数', 'Village team'],
      'people',
      ['应急小分队人数，一般不少于 10', 'Usually 10 or more'],
      '12',
    ),
    whole(
      'foodDays',
      ['口粮可支撑', 'Food lasts'],
      'days',
      ['断路后自有口粮与饮水能撑几天', 'Days of food and water of its own when cut off'],
      '3',
    ),
    whole(
      'readyPoints',
      ['五有达标项', 'Of five in place'],
      undefined,
      [
        '有组织、预案、队伍、物资、喇叭，达标几项',
        'Leaders, plan, team, stock, loudspeaker: how many are in place',
      ],
      '4',
      {
        max: 5,
      },
    ),
  ],
}
