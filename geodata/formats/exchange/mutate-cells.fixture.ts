import type { CellValue } from 'hucre/xlsx'
import type { Base, Expected, SheetOf } from './mutator.fixture.ts'

/** A mistake, or a habit, in the cells of a good workbook; says what is to be found of it. */
export type CellMutation = (base: Base) => Expected

/** Where data begin in the sheets that the base has. */
export const HEAD = 2
export const FIRST = 3

const harmless: Expected = { kind: 'harmless' }
const named = (sheet: SheetOf, row: number, key: string): Expected => ({
  kind: 'named',
  sheet: sheet.plan.name,
  row: row + 1,
  column: sheet.at(key),
})

/** Puts something into a cell of a chosen row, and says that it is named there. */
export const spoil =
  (register: string, key: string, content: (base: Base) => CellValue): CellMutation =>
  base => {
    const sheet = base.sheet(register)
    const row = base.row(sheet)
    sheet.plan.rows[row][sheet.at(key)] = content(base)
    return named(sheet, row, key)
  }

/** Writes what stands in a column in another way that means the same. */
export const rewrite =
  (register: string, key: string, write: (cell: CellValue, base: Base) => CellValue): CellMutation =>
  base => {
    const sheet = base.sheet(register)
    for (const row of sheet.plan.rows.slice(FIRST)) {
      const at = sheet.at(key)
      if (row[at] !== null) row[at] = write(row[at], base)
    }
    return harmless
  }

const dms = (cell: CellValue, base: Base): CellValue => {
  // In ten thousandths of a second, so that no 60″ comes of it.
  const all = Math.round(Number(cell) * 36_000_000)
  const [d, m, s] = [Math.floor(all / 36_000_000), Math.floor((all / 600_000) % 60), (all % 600_000) / 10_000]
  return base.one([
    `${d}°${m}′${s.toFixed(4)}″`,
    `${d}度${m}分${s.toFixed(4)}秒`,
    `${d}°${m}'${s.toFixed(4)}"`,
  ])
}
const wide = (text: string): string =>
  text.replace(/[!-~]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
const dayParts = (cell: CellValue): [number, number, number] => {
  const date = cell as Date
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}

export const CELL_MUTATIONS: Record<string, CellMutation> = {
  'duplicate id': base => {
    const sheet = base.sheet('villages')
    const [first, second] = [FIRST, FIRST + 1 + base.int(sheet.plan.rows.length - FIRST - 1)]
    sheet.plan.rows[second][0] = sheet.plan.rows[first][0]
    return named(sheet, second, 'id')
  },
  'swapped lon and lat': base => {
    const sheet = base.sheet('teams')
    const cells = sheet.plan.rows[base.row(sheet)]
    const [lon, lat] = [sheet.at('lon'), sheet.at('lat')]
    ;[cells[lon], cells[lat]] = [cells[lat], cells[lon]]
    return named(sheet, sheet.plan.rows.indexOf(cells), 'lat')
  },
  'text in a number': spoil('villages', 'people', base =>
    base.one(['约300', '三百', '12-15', '300左右', '#N/A']),
  ),
  'negative count': spoil('villages', 'people', base => -1 - base.int(99)),
  'over the largest': spoil('teams', 'turnoutDayMin', base => 1441 + base.int(1e6)),
  'half a person': spoil('villages', 'households', () => 12.5),
  'unknown choice': spoil('teams', 'kind', base => base.one(['消防？', '其它队', 'firefighters', '1'])),
  'unknown word in a list': spoil('teams', 'capabilities', () => '灭火、飞行'),
  'unknown reference': spoil('villages', 'township', () => '无此乡镇'),
  'unknown reference in a list': spoil('reservoirs', 'downstreamVillages', () => 'villages-000、无此村'),
  'needed cell missing': spoil('villages', 'township', () => null),
  'name missing': spoil('villages', 'name', base => base.one([null, ' ', '\u00a0', '—'])),
  'impossible date': spoil('villages', 'phoneTested', base =>
    base.one(['2026-02-30', '2026年13月1日', '20261399']),
  ),
  'no date': spoil('villages', 'phoneTested', base => base.one(['昨天', '去年春天', '3月12日'])),
  'name too long': spoil('teams', 'name', () => '长'.repeat(121)),
  'id too long': spoil('teams', 'id', () => 'x'.repeat(65)),
  'source too long': spoil('teams', 'source', () => '县'.repeat(500)),
  'no date of its state': spoil('teams', 'asOf', base => base.one(['最近', '2026-13-01'])),
  'ten thousands in words': spoil('villages', 'people', () => '3万'),
  'no yes or no': spoil('reservoirs', 'monitored', () => '部分'),
  'position together in one cell': base => {
    const sheet = base.sheet('teams')
    const cells = sheet.plan.rows[base.row(sheet)]
    const [lon, lat] = [sheet.at('lon'), sheet.at('lat')]
    cells[lon] = `${String(cells[lon])},${String(cells[lat])}`
    cells[lat] = null
    return named(sheet, sheet.plan.rows.indexOf(cells), 'lon')
  },
  'half a position': base => {
    const sheet = base.sheet('teams')
    const row = base.row(sheet)
    sheet.plan.rows[row][sheet.at('lat')] = null
    return named(sheet, row, 'lat')
  },
  'outside the county': base => {
    const sheet = base.sheet('teams')
    const row = base.row(sheet)
    sheet.plan.rows[row][sheet.at('lon')] = base.one([112.3, 2.1, -82.8])
    return { ...named(sheet, row, 'lon'), warning: true }
  },
  'outside the earth': spoil('teams', 'lon', base => 181 + base.int(1000)),
  'text too long': spoil('teams', 'radio', () => '长'.repeat(2001)),
  'wrong unit in the head': base => {
    const sheet = base.sheet('reservoirs')
    const at = sheet.at('volumeWanM3')
    sheet.plan.rows[HEAD][at] = base.one(['总库容（m³）', '总库容(立方米)', '总库容【亿立方米】'])
    return { kind: 'named', sheet: sheet.plan.name, row: HEAD + 1, column: at, wholeSheet: true }
  },
  'renamed column': base => {
    const sheet = base.sheet('villages')
    const at = sheet.at('households')
    sheet.plan.rows[HEAD][at] = '户主家庭总计'
    return { kind: 'named', sheet: sheet.plan.name, row: HEAD + 1, column: at, without: 'households' }
  },
  'renamed needed column': base => {
    const sheet = base.sheet('villages')
    sheet.plan.rows[HEAD][sheet.at('township')] = '归谁管'
    return { kind: 'named', sheet: sheet.plan.name, row: HEAD + 1, column: null, wholeSheet: true }
  },
  'column twice, with other content': base => {
    const sheet = base.sheet('villages')
    const [from, to] = [sheet.at('people'), sheet.plan.rows[HEAD].length]
    for (const row of sheet.plan.rows.slice(HEAD)) row[to] = row[from]
    const row = base.row(sheet)
    sheet.plan.rows[row][to] = 77
    return { kind: 'named', sheet: sheet.plan.name, row: row + 1, column: to }
  },
  'column twice, the same': base => {
    const sheet = base.sheet('villages')
    const [from, to] = [sheet.at('people'), sheet.plan.rows[HEAD].length]
    for (const row of sheet.plan.rows.slice(HEAD)) row[to] = row[from]
    return harmless
  },
  'full-width digits': rewrite('villages', 'people', cell => wide(String(cell))),
  'thousands separated': rewrite('villages', 'people', cell => Number(cell).toLocaleString('en-US')),
  'numbers as text with their unit': rewrite('villages', 'people', cell => ` ${String(cell)} 人`),
  'blanks around': rewrite(
    'villages',
    'name',
    (cell, base) => `${base.one([' ', '\u00a0', '\u3000', '\u200b'])}${String(cell)} \n`,
  ),
  'blanks around ids': rewrite(
    'teams',
    'id',
    (cell, base) => `${String(cell)}${base.one([' ', '\u00a0', '\u3000'])}`,
  ),
  'dates as text': rewrite('villages', 'phoneTested', (cell, base) => {
    const [y, m, d] = dayParts(cell)
    const two = (n: number): string => String(n).padStart(2, '0')
    return base.one([
      `${y}年${m}月${d}日`,
      `${y}/${m}/${d}`,
      `${y}${two(m)}${two(d)}`,
      `${y}.${m}.${d}`,
      wide(`${y}-${m}-${d}`),
    ])
  }),
  'dates without their format': base => {
    const sheet = base.sheet('villages')
    sheet.plan.columns[sheet.at('phoneTested')] = {}
    const serial = (cell: CellValue): CellValue => (cell as Date).getTime() / 86_400_000 + 25_569
    return rewrite('villages', 'phoneTested', serial)(base)
  },
  'numbers that look like dates': base => {
    const sheet = base.sheet('villages')
    sheet.plan.columns[sheet.at('people')] = { numFmt: 'yyyy-mm-dd' }
    return named(sheet, base.row(sheet), 'people')
  },
  'degrees, minutes, seconds': base => {
    rewrite('teams', 'lon', dms)(base)
    return rewrite('teams', 'lat', dms)(base)
  },
  'yes and no in other words': rewrite('reservoirs', 'monitored', (cell, base) =>
    cell === '是' ? base.one([1, '√', true, '有', 'Y']) : base.one([0, '×', false, '无', 'N']),
  ),
  'choices in English': rewrite(
    'teams',
    'state',
    cell => ({ 待命: 'ready', 休整: 'Resting', 停用: 'out of use' })[String(cell)] ?? cell,
  ),
  'unknown said in words': base => {
    const sheet = base.sheet('villages')
    for (const row of sheet.plan.rows.slice(FIRST))
      row.forEach((cell, i) => (row[i] = cell ?? base.one(['—', '/', '不详', null])))
    return harmless
  },
  'references by name': base => {
    const towns = base.sheet('townships')
    const names = new Map(towns.plan.rows.slice(FIRST).map(row => [row[0], row[towns.at('name')]]))
    return rewrite('villages', 'township', cell => names.get(cell) ?? cell)(base)
  },
  'titles above': base => {
    const { plan } = base.sheet('villages')
    const title = ['县统计表', ...Array<null>(plan.rows[HEAD].length - 1).fill(null)]
    plan.rows.unshift(title, [], ['单位：某局', null, '2026年3月'])
    plan.merges = [{ startRow: 0, startCol: 0, endRow: 0, endCol: title.length - 1 }]
    return harmless
  },
  'heads in two rows': base => {
    const sheet = base.sheet('villages')
    const [lon, lat] = [sheet.at('lon'), sheet.at('lat')]
    const upper: CellValue[] = sheet.plan.rows[HEAD].map((head, i) =>
      i === lon || i === lat ? '位置' : head,
    )
    const lower: CellValue[] = sheet.plan.rows[HEAD].map((head, i) => (i === lon || i === lat ? head : null))
    sheet.plan.rows.splice(HEAD, 1, upper, lower)
    sheet.plan.merges = upper.flatMap((_, i) =>
      i === lon || i === lat ? [] : [{ startRow: HEAD, startCol: i, endRow: HEAD + 1, endCol: i }],
    )
    return harmless
  },
  'columns in another order': base => {
    const { plan } = base.sheet('villages')
    const by = 1 + base.int(plan.rows[HEAD].length - 1)
    const turned = <T>(row: T[]): T[] => [...row.slice(by), ...row.slice(0, by)]
    plan.rows = plan.rows.map((row, i) => (i < HEAD ? row : turned(row)))
    plan.columns = turned(plan.columns)
    return harmless
  },
  'blanks in heads': base => {
    const { plan } = base.sheet('villages')
    plan.rows[HEAD] = plan.rows[HEAD].map(head =>
      [...String(head).split('\n')[0]].join(base.one([' ', '', '\u3000'])),
    )
    return harmless
  },
  'a sheet without its name': base => {
    base.sheet('villages').plan.name = `Sheet${base.int(9) + 1}`
    return harmless
  },
  'row numbers, and more than rows': base => {
    const { plan } = base.sheet('villages')
    plan.rows = plan.rows.map((row, i) => [i < HEAD ? null : i === HEAD ? '序号' : i - HEAD, ...row])
    for (let i = 1; i < 20; i++) plan.rows.push([plan.rows.length - HEAD])
    return harmless
  },
  'sums and signatures': base => {
    const { plan } = base.sheet('villages')
    plan.rows.push(
      [],
      ['合计', null, null, 12345],
      ['填表人：某某', null, '审核：某某'],
      ['备注：以上为常住人口'],
    )
    return harmless
  },
  'example row left in': base => {
    const { plan } = base.sheet('villages')
    plan.rows.splice(FIRST, 0, ['示例-1', '示例：行政村', null, '甲', '乙'])
    return harmless
  },
  'heads again on each page': base => {
    const { plan } = base.sheet('villages')
    plan.rows.splice(FIRST + 2, 0, [...plan.rows[HEAD]])
    return harmless
  },
  'a sheet of something else': base => {
    base.extra.push({
      name: '会议记录',
      rows: [
        ['时间', '地点'],
        ['上午', '三楼'],
      ],
      columns: [],
    })
    return { kind: 'named', sheet: '会议记录', row: 0, column: null }
  },
  'a hidden sheet of something else': base => {
    base.extra.push({
      name: '草稿',
      hidden: true,
      rows: [
        ['编号', '名称'],
        ['x', 'y'],
      ],
      columns: [],
    })
    return harmless
  },
  'a register hidden': base => {
    const { plan } = base.sheet('reservoirs')
    plan.hidden = true
    return { kind: 'hidden', sheet: plan.name }
  },
}
