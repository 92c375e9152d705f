import { choice, date, flag, type Option, person, phone, ref, refs, text, whole } from './column.ts'

/** Columns that many registers share: one wording, one meaning. */

export const township = ref(
  'township',
  'townships',
  ['所属乡镇', 'Township'],
  ['乡镇（街道）的编号，9 位代码', 'Id of the town or sub-district, 9 digits'],
  '990001101',
  { also: ['乡镇', '街道', '所在乡镇', '乡镇编号'] },
)
export const village = ref(
  'village',
  'villages',
  ['所在村', 'Village'],
  ['行政村（社区）的编号，12 位代码', 'Id of the village or community, 12 digits'],
  '990001101201',
  { also: ['村', '行政村', '所属村', '村编号'] },
)

export const answerable = person(
  'answerable',
  ['责任人', 'Answerable'],
  ['写岗位或姓名；出事时第一个找的人', 'Post or name: who is called first'],
  '责任人 000',
  { also: ['负责人', '包保责任人', '联系人'] },
)
export const answerablePhone = phone(
  'answerablePhone',
  ['责任人电话', 'Phone of answerable'],
  ['能随时打通的号码，固话带区号', 'A number that is answered at any hour; landlines with their area code'],
  '000-0000-0000',
  { also: ['联系电话', '电话', '负责人电话'] },
)
export const dutyPhone = phone(
  'dutyPhone',
  ['24 小时值班电话', '24 h phone'],
  ['夜里也有人接的号码', 'A number that is answered at night too'],
  '000-0000-0000',
  { also: ['值班电话'] },
)
export const phoneTested = date(
  'phoneTested',
  ['电话最近试拨', 'Phone last tried'],
  ['最近一次打通的日期', 'Day it was last answered'],
  '2026-05-20',
)
export const nightStaff = whole(
  'nightStaff',
  ['夜间值守', 'Staff at night'],
  'people',
  ['夜里在岗', 'At their post at night'],
  '4',
)
export const owner = text(
  'owner',
  ['权属单位', 'Owner'],
  ['营业执照或法人证书上的名称', 'The name on its licence'],
  '示例单位',
  { also: ['单位名称', '企业名称', '管理单位', '主管单位'] },
)
export const downstreamVillages = refs(
  'downstreamVillages',
  'villages',
  ['下游村', 'Villages downstream'],
  ['由近到远填村编号', 'Ids from near to far'],
  '990001101201、990001101202',
)
export const downstreamPeople = whole(
  'downstreamPeople',
  ['下游影响人数', 'People downstream'],
  'people',
  ['沿水流方向受影响的常住人数；不详则留空', 'Residents along the flow path; blank when unknown'],
  '260',
)

export const inFlood = flag(
  'inFloodZone',
  ['在洪水淹没区', 'In the flood plain'],
  ['是否在河道淹没范围内', 'Whether a river floods it'],
  '否',
)

export const belowSlope = flag(
  'belowSlope',
  ['在陡坡下', 'Below a slope'],
  ['是否受滑坡崩塌威胁', 'Whether a slope may reach it'],
  '否',
)

/** Whether a thing can be counted on today. */
export const IN_USE = [
  ['inUse', '在用', 'in use'],
  ['repair', '维修', 'under repair'],
  ['out', '停用', 'out of use'],
] as const satisfies readonly Option[]
export const state = choice('state', ['状态', 'State'], IN_USE, [
  '停用的不参加测算',
  'What is out of use is left out of every calculation',
])

/** What a team can do: the words by which a task asks for a team (national plans' kinds of specialised team). */
export const CAPABILITIES = [
  ['fireFighting', '灭火', 'fire fighting'],
  ['extrication', '破拆救援', 'extrication'],
  ['lifeDetection', '生命探测', 'life detection'],
  ['waterRescue', '水上救援', 'water rescue'],
  ['drainage', '抽水排涝', 'drainage'],
  ['mineRescue', '矿山救护', 'mine rescue'],
  ['forestFire', '森林草原灭火', 'forest and grassland fire'],
  ['hazmat', '危化品处置', 'hazardous materials'],
  ['engineering', '工程抢险', 'earthworks'],
  ['roadClearing', '道路抢通', 'road clearing'],
  ['geohazard', '地质灾害巡查', 'geohazard inspection'],
  ['evacuation', '转移群众', 'evacuation'],
  ['medical', '医疗救护', 'medical aid'],
  ['comms', '通信保障', 'communications'],
  ['power', '电力保障', 'power supply'],
  ['transport', '物资运输', 'transport of stock'],
  ['highAngle', '高空绳索', 'rope rescue'],
  ['drone', '无人机侦察', 'drone reconnaissance'],
] as const satisfies readonly Option[]

/** The legal four colours of a warning and the four levels of an incident, 1 the highest. */
export const RISK_LEVELS = [
  ['1', '特大型', 'very large'],
  ['2', '大型', 'large'],
  ['3', '中型', 'medium'],
  ['4', '小型', 'small'],
] as const satisfies readonly Option[]
