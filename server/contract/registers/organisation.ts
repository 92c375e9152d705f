import { choice, date, list, number, person, phone, refs, text, whole } from './column.ts'
import { answerable, answerablePhone, dutyPhone, phoneTested, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '09-组织与通信'

export const commands: Register = {
  key: 'commands',
  sheet: { zh: '专项指挥部', en: 'Special commands' },
  book: BOOK,
  position: 'none',
  columns: [
    text('hazards', ['负责的灾种', 'For which events'], ['按预案写', 'As in its plan'], '水旱灾害', {
      also: ['灾种'],
    }),
    text(
      'plan',
      ['专项预案', 'Plan'],
      ['名称与版本', 'Name and edition'],
      '青岭县防汛抗旱应急预案（2025 版）',
    ),
    text('office', ['办公室设在', 'Office'], ['日常办事的部门', 'The department that runs it'], '县水利局'),
    { ...answerable, head: { zh: '指挥长', en: 'Commander' }, example: '副县长 000' },
    answerablePhone,
    person('deputy', ['副指挥长', 'Deputy commander'], ['办公室主任', 'Head of its office'], '局长 000'),
    phone('deputyPhone', ['副指挥长电话', 'Phone of deputy'], ['同上', 'As above'], '000-0000-0000'),
    dutyPhone,
    list('members', ['成员单位', 'Members'], ['部门名称', 'Departments'], '县应急管理局、县水利局、县气象局'),
  ],
}

export const liaisonOfficers: Register = {
  key: 'liaisonOfficers',
  sheet: { zh: '应急管理专员', en: 'Liaison officers' },
  book: BOOK,
  position: 'none',
  persons: true,
  columns: [
    { ...township, needed: true },
    refs(
      'villages',
      'villages',
      ['联系村', 'Villages'],
      ['所联系各村的编号', 'Ids of the villages he looks after'],
      '990001101201、990001101202',
    ),
    text('from', ['派出单位', 'Sent by'], ['编制所在部门', 'Department that pays him'], '县应急管理局', {
      also: ['单位'],
    }),
    phone(
      'phone',
      ['电话', 'Phone'],
      ['能随时打通的号码', 'A number that is answered at any hour'],
      '000-0000-0000',
      {
        also: ['联系电话', '手机'],
      },
    ),
    phoneTested,
    date('since', ['到岗日期', 'Since'], ['本轮派驻开始', 'Begin of this posting'], '2025-03-01'),
  ],
}

export const communications: Register = {
  key: 'communications',
  sheet: { zh: '通信手段', en: 'Means of communication' },
  book: BOOK,
  position: 'none',
  columns: [
    { ...township, needed: true },
    {
      ...text(
        'village',
        ['所在村', 'Village'],
        ['村级设备填村编号，乡镇级留空', 'Id of the village; blank when the township keeps it'],
        '990001101201',
        {
          also: ['村', '行政村'],
        },
      ),
      refers: 'villages',
    },
    choice(
      'kind',
      ['手段', 'Means'],
      [
        ['satellitePhone', '卫星电话', 'satellite phone'],
        ['radio370', '370 兆电台', '370 MHz radio'],
        ['publicTrunk', '公网对讲机', 'cellular push-to-talk'],
        ['landline', '固定电话', 'landline'],
        ['loudspeaker', '应急广播大喇叭', 'loudspeakers'],
        ['siren', '手摇报警器', 'hand siren'],
        ['gong', '铜锣', 'gong'],
      ],
      ['一种手段一行', 'One row per means'],
      { needed: true },
    ),
    whole('quantity', ['数量', 'Number'], undefined, ['部、台、面', 'Pieces'], '2'),
    phone(
      'callNumber',
      ['号码或呼号', 'Number or call sign'],
      ['能直接呼叫的号码', 'What one dials or calls'],
      '000-0000-0000',
      {
        also: ['呼号'],
      },
    ),
    person('keeper', ['保管人', 'Keeper'], ['写岗位或姓名', 'Post or name'], '通信员 000'),
    phone(
      'keeperPhone',
      ['保管人电话', 'Phone of keeper'],
      ['平时打的号码', 'For ordinary days'],
      '000-0000-0000',
    ),
    date('tested', ['最近测试', 'Last test'], ['最近一次试通的日期', 'Day of the last test'], '2026-06-10', {
      also: ['测试日期', '最近试通'],
    }),
    choice(
      'result',
      ['测试结果', 'Result'],
      [
        ['through', '通', 'through'],
        ['weak', '断续', 'broken'],
        ['failed', '不通', 'failed'],
      ],
      ['没测过则留空', 'Blank when never tried'],
    ),
    number(
      'backupHours',
      ['断电可用', 'Without mains'],
      'h',
      ['停电后还能用多久', 'How long it works without mains'],
      '8',
    ),
  ],
}
