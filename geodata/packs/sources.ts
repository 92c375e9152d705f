import type { Text } from '../../server/contract/errors.ts'
import { REGISTERS } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { Brief, Land, Network, People } from './county.ts'
import { CLOSED } from './registers/ledger.ts'
import { SERIES_RULES } from './series/rules.ts'
import { PLACING_RULES } from './registers/rules.ts'
import { STEP_MIN, STORM_HOURS, STORM_STARTS } from './series/storm.ts'

/**
 * `SOURCES.md` of a made pack: that all of it is invented, from which seed, what is in each file, by which rule
 * each thing was placed, and what is deliberately missing. Both languages; the same bytes for the same county.
 */
export function sourcesText(
  brief: Brief,
  land: Land,
  people: People,
  network: Network,
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
): string {
  const sum = (list: readonly { people: number }[]): number =>
    list.reduce((total, { people: n }) => total + n, 0)
  const highest = land.heightM.reduce((a, b) => Math.max(a, b), -Infinity)
  const lowest = land.heightM.reduce((a, b) => Math.min(a, b), Infinity)
  const order = Math.max(...land.rivers.map(r => r.order))
  return `# 青岭县：虚构示范数据 / Qingling County: fictional demonstration data

**本县不存在。** 地形、水系、道路、村庄、人口、企业、人员、电话、监测数据全部由程序按种子生成，位置在无人的沙海里；与任何真实地点、单位、个人无关，不得用于真实处置。界面与导出件上的“虚构示范数据”标记不能关闭。
**This county does not exist.** Land, water, roads, villages, people, firms, persons, telephone numbers and readings were made by a program from a seed and lie in empty sand sea; nothing refers to a real place, firm or person, and nothing may be used in a real emergency. The mark 虚构示范数据 on screens and exports cannot be switched off.

- 种子 seed ${brief.seed}，${brief.widthKm} × ${brief.heightKm} km，中心 centre ${brief.centre[0]}° E ${brief.centre[1]}° N，adcode 990001
- 同一种子在同一 Node 主版本上逐字节相同 / the same seed gives the same bytes on the same Node major
- 重做 / made again by: \`npm run make-county -- --seed ${brief.seed} --size ${brief.widthKm}x${brief.heightKm}km --out DIR\`

## 内容 / Contents

| 文件 file | 内容 what |
|---|---|
| \`*.osm.pbf\` | 道路 ${network.ways.length} 段、水系 ${land.rivers.length} 条（最高 ${order} 级）、桥 ${network.bridges.length} 座、地名 / roads (${network.ways.length} ways), ${land.rivers.length} rivers up to order ${order}, ${network.bridges.length} bridges, names |
| \`terrain.tif\` | 高程 ${Math.round(lowest)}–${Math.round(highest)} 米，约 30 米格网 / heights, about 30 m |
| \`population.tif\` | 100 米人口格网，合计与各村相等 / people per 100 m, sums to the villages |
| \`boundary.geojson\` | 县界 / the border |
| \`registers/*.xlsx\` | ${REGISTERS.length} 张台账 / ${REGISTERS.length} registers |
| \`series/*.csv\` | ${STORM_HOURS} 小时暴雨过程，${STEP_MIN} 分钟一值，自 ${STORM_STARTS} / a storm of ${STORM_HOURS} h, a value every ${STEP_MIN} min from ${STORM_STARTS} |

${people.townships.length} 个乡镇街道、${people.villages.length} 个村（社区）、${people.hamlets.length} 个自然村、${sum(people.villages)} 人。
${people.townships.length} townships, ${people.villages.length} villages, ${people.hamlets.length} hamlets, ${sum(people.villages)} people.

## 台账 / Registers

| 表 sheet | 行 rows | 无坐标 no position | 三年以上未更新 older than 3 years |
|---|---|---|---|
${REGISTERS.map(({ key, sheet, position }) => {
  const rows = records.get(key) ?? []
  const without = position === 'none' ? '—' : String(rows.filter(r => r.at === null).length)
  return `| ${sheet.zh} ${sheet.en} | ${rows.length} | ${without} | ${rows.filter(isOld).length} |`
}).join('\n')}

## 布设规则 / Rules of placing

${PLACING_RULES.map(rule).join('\n')}

## 序列 / Series

${SERIES_RULES.map(rule).join('\n')}
`
}

const rule = ({ zh, en }: Text): string => `- ${zh}\n  ${en}`

const OLD_BEFORE = String(Number(CLOSED.slice(0, 4)) - 3) + CLOSED.slice(4)
const isOld = ({ source }: RegisterRecord): boolean => source.asOf !== null && source.asOf <= OLD_BEFORE
