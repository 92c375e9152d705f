import { apartM } from './ground.ts'
import { daysBefore, lately, CLOSED } from './ledger.ts'
import type { Make } from './make.ts'

/** The sixteen special commands: name, English, hazards, the department that runs the office, who leads. */
const COMMANDS: readonly (readonly [zh: string, en: string, hazards: string, office: string])[] = [
  ['防汛抗旱指挥部', 'Flood and drought command', '洪涝、山洪、干旱', '水利局'],
  ['抗震救灾指挥部', 'Earthquake command', '地震', '应急管理局'],
  ['森林草原防灭火指挥部', 'Forest and grassland fire command', '森林草原火灾', '林业和草原局'],
  ['地质灾害应急指挥部', 'Geohazard command', '滑坡、崩塌、泥石流、塌陷', '自然资源局'],
  ['减灾救灾指挥部', 'Relief command', '灾民救助', '应急管理局'],
  ['气象灾害应急指挥部', 'Weather command', '暴雨、大风、雷电、低温、雪灾', '气象局'],
  ['矿山事故应急指挥部', 'Mine accident command', '煤矿与非煤矿山事故、尾矿库', '应急管理局'],
  ['危险化学品事故应急指挥部', 'Chemical accident command', '危险化学品、烟花爆竹事故', '应急管理局'],
  ['工贸事故应急指挥部', 'Industrial accident command', '工贸企业事故', '工业和信息化局'],
  ['消防安全应急指挥部', 'Fire command', '火灾', '消防救援大队'],
  ['道路交通事故应急指挥部', 'Road accident command', '道路交通事故', '公安局'],
  ['建设工程事故应急指挥部', 'Building accident command', '建筑施工、燃气、供热', '住房和城乡建设局'],
  ['突发环境事件应急指挥部', 'Environmental command', '水、大气、土壤污染', '生态环境局'],
  ['突发公共卫生事件应急指挥部', 'Public health command', '传染病、食物中毒', '卫生健康局'],
  ['电力通信保障应急指挥部', 'Power and communications command', '大面积停电、通信中断', '发展和改革局'],
  ['社会安全事件应急指挥部', 'Public security command', '群体性事件、涉险涉恐', '公安局'],
]

export function commandsOf({ ledger, posts }: Make): void {
  for (const [i, [zh, en, hazards, office]] of COMMANDS.entries()) {
    const commander = posts.of('副县长', `command ${i % 6}`)
    const head = posts.of('局长', office)
    ledger.add('commands', {
      name: { zh: `青岭县${zh}`, en },
      fields: {
        hazards,
        plan: `青岭县${zh.replace(/(应急)?指挥部$/, '')}应急预案（2025 版）`,
        office: `青岭县${office}`,
        answerable: commander.name,
        answerablePhone: commander.phone,
        deputy: head.name,
        deputyPhone: head.phone,
        dutyPhone: posts.of('值班室', office).phone,
        members: [...new Set([office, '应急管理局', '公安局', '交通运输局', '卫生健康局', '融媒体中心'])],
      },
    })
  }
}

const LIAISON_OFFICERS = 62
const SENDERS = [
  '应急管理局',
  '水利局',
  '自然资源局',
  '气象局',
  '农业农村局',
  '林业和草原局',
  '教育局',
  '民政局',
]

/** Sixty-two liaison officers, dealt to the townships by their villages; each looks after neighbours. */
export function liaisonOfficersOf({ ground, ledger, posts, random }: Make): void {
  const { townships, villages } = ground.people
  const dealt = townships.map(() => 1)
  const own = townships.map(t => villages.filter(v => v.township === t.id))
  for (let n = townships.length; n < LIAISON_OFFICERS; n++) {
    let most = 0
    for (let i = 1; i < dealt.length; i++) {
      if (own[i].length * dealt[most] > own[most].length * dealt[i]) most = i
    }
    dealt[most]++
  }
  for (const [i, township] of townships.entries()) {
    // By nearness, starting from the village furthest from the seat, so that each has one corner.
    const left = [...own[i]]
    for (let n = dealt[i]; n > 0; n--) {
      const size = Math.ceil(left.length / n)
      left.sort((a, b) => apartM(ground, b.cell, township.cell) - apartM(ground, a.cell, township.cell))
      const first = left[0]
      const near = first
        ? [...left].sort((a, b) => apartM(ground, a.cell, first.cell) - apartM(ground, b.cell, first.cell))
        : []
      const chosen = near.slice(0, size)
      for (const village of chosen) left.splice(left.indexOf(village), 1)
      const officer = posts.of('应急管理专员')
      ledger.add('liaisonOfficers', {
        name: { zh: officer.name, en: officer.name.replace('应急管理专员', 'Liaison officer') },
        fields: {
          township: township.id,
          villages: (chosen.length > 0 ? chosen : own[i].slice(0, 1)).map(v => v.id),
          from: `青岭县${random.pick(SENDERS)}`,
          phone: officer.phone,
          phoneTested: lately(random, 150),
          since: daysBefore(CLOSED, 30 * random.whole(3, 26)),
        },
      })
    }
  }
}
