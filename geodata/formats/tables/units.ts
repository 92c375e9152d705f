import type { Text } from '../../../server/contract/errors.ts'
import type { Column } from '../../../server/contract/registers/register.ts'
import { plain } from './heads.ts'

/** Units that a head may name in brackets, each with those that mean the same. */
const SAME: string[][] = [
  ['米', 'm'],
  ['厘米', 'cm'],
  ['毫米', 'mm'],
  ['公里', '千米', 'km'],
  ['平方米', 'm2', '㎡'],
  ['平方公里', '平方千米', 'km2'],
  ['亩'],
  ['公顷', 'ha'],
  ['立方米', 'm3', '方'],
  ['万立方米', '万m3', '万方', '104m3'],
  ['亿立方米', '亿m3'],
  ['立方米/秒', 'm3/s'],
  ['立方米/日', '立方米/天', 'm3/d'],
  ['千克', '公斤', 'kg'],
  ['吨', 't'],
  ['万吨', '万t'],
  ['万吨/年', '万t/a', '104t/a'],
  ['元', '人民币元'],
  ['万元', '104cny'],
  ['亿元'],
  ['秒', 's'],
  ['分钟', '分', 'min'],
  ['小时', '时', 'h'],
  ['天', '日', 'days'],
  ['公里/时', '公里/小时', 'km/h'],
  ['度', '°'],
  ['兆瓦', 'mw'],
  ['千瓦', 'kw'],
  ['千伏', 'kv'],
  ['伏', 'v'],
  ['兆赫', 'mhz'],
  ['人', 'people'],
  ['户', 'households'],
  ['间'],
]
const GROUP = new Map(SAME.flatMap((words, i) => words.map(word => [plain(word), i] as const)))

/**
 * The unit that a head names in brackets where it is another than its column's: 库容（m³） over a column of
 * 万立方米 would be wrong by ten thousand. Null where it fits, or where the brackets hold no unit.
 */
export function otherUnit(
  head: string,
  { unit }: Pick<Column, 'unit'>,
): { found: string; wanted: Text } | null {
  if (!unit) return null
  const wanted = new Set([unit.zh, unit.en].map(plain))
  const groups = new Set([...wanted].flatMap(word => GROUP.get(word) ?? []))
  for (const [, inside] of head.matchAll(/[（(【[]([^）)】\]]*)[）)】\]]/g)) {
    const found = plain(inside.replace(/^单位[:：]?/, ''))
    const group = GROUP.get(found)
    if (group === undefined || wanted.has(found) || groups.has(group)) continue
    return { found: inside.trim(), wanted: unit }
  }
  return null
}
