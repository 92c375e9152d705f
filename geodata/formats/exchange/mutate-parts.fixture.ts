import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { columnLetters } from '../workbook.ts'
import { FIRST } from './mutate-cells.fixture.ts'
import type { Base, Expected } from './mutator.fixture.ts'

/** A mistake in the file that a good workbook was written to. */
export type PartMutation = (
  base: Base,
  bytes: Uint8Array,
) => Promise<[Uint8Array, Expected]> | [Uint8Array, Expected]

const harmless: Expected = { kind: 'harmless' }
const refused = (...codes: string[]): Expected => ({ kind: 'refused', codes })
const VILLAGES = 'xl/worksheets/sheet2.xml'

/** The same workbook with some of its parts rewritten, or left out. */
function changed(bytes: Uint8Array, change: (name: string, text: string) => string | null): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).flatMap(([name, part]) => {
    const text = change(name, strFromU8(part))
    return text === null ? [] : [[name, strToU8(text)] as const]
  })
  return zipSync(Object.fromEntries(parts), { level: 1 })
}

/** Rewrites one cell of the villages: its reference, its look, its content. */
function inCell(
  base: Base,
  bytes: Uint8Array,
  key: string,
  write: (ref: string, look: string, value: string) => string,
): [Uint8Array, Expected] {
  const sheet = base.sheet('villages')
  const column = sheet.at(key)
  const rows = sheet.plan.rows.flatMap((cells, i) => (i >= FIRST && cells[column] !== null ? [i] : []))
  const row = base.one(rows)
  const ref = `${columnLetters(column)}${row + 1}`
  const cell = new RegExp(`<c r="${ref}"( s="\\d+")?[^>]*><v>([^<]*)</v></c>`)
  const out = changed(bytes, (name, text) =>
    name === VILLAGES
      ? text.replace(cell, (_, look: string | undefined, value: string) => write(ref, look ?? '', value))
      : text,
  )
  return [out, { kind: 'named', sheet: sheet.plan.name, row: row + 1, column }]
}

const kept = ([bytes]: [Uint8Array, Expected]): [Uint8Array, Expected] => [bytes, harmless]
const nameOf = (base: Base, ref: string): string =>
  String(base.sheet('villages').plan.rows[Number(ref.replace(/\D/g, '')) - 1][1])

const CFB = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(2048))
const BOMB = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(27 * 1024 * 1024 + 1) }, { level: 1 })

export const PART_MUTATIONS: Record<string, PartMutation> = {
  'formula with its number': (base, bytes) =>
    kept(
      inCell(
        base,
        bytes,
        'people',
        (ref, look, value) => `<c r="${ref}"${look}><f>A1+1</f><v>${value}</v></c>`,
      ),
    ),
  'formula with its text': (base, bytes) =>
    kept(
      inCell(
        base,
        bytes,
        'name',
        ref => `<c r="${ref}" t="str"><f>A1&amp;"x"</f><v>${escaped(nameOf(base, ref))}</v></c>`,
      ),
    ),
  'formula without result': (base, bytes) =>
    inCell(base, bytes, 'people', ref => `<c r="${ref}"><f>SUM(A1:A2)</f></c>`),
  'shared formula without result': (base, bytes) =>
    inCell(base, bytes, 'people', ref => `<c r="${ref}"><f t="shared" si="0"/></c>`),
  'formula with an error': (base, bytes) =>
    inCell(base, bytes, 'people', ref => `<c r="${ref}" t="e"><f>1/0</f><v>#DIV/0!</v></c>`),
  'rich text': (base, bytes) =>
    kept(
      inCell(base, bytes, 'name', ref => {
        const [first, ...rest] = [...nameOf(base, ref)]
        return `<c r="${ref}" t="inlineStr"><is><r><t>${escaped(first)}</t></r><r><rPr><b/></rPr><t xml:space="preserve">${escaped(rest.join(''))}</t></r></is></c>`
      }),
    ),
  'text that is not there': (base, bytes) =>
    inCell(base, bytes, 'name', ref => `<c r="${ref}" t="s"><v>99999</v></c>`),
  'per cent': (base, bytes) => {
    let look = 0
    const styled = changed(bytes, (name, text) => {
      if (!name.endsWith('styles.xml')) return text
      return text.replace(
        /<cellXfs count="(\d+)">([\s\S]*?)<\/cellXfs>/,
        (_, count: string, inside: string) => {
          look = Number(count)
          return `<cellXfs count="${look + 1}">${inside}<xf numFmtId="${base.one([9, 10])}" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>`
        },
      )
    })
    return inCell(base, styled, 'people', ref => `<c r="${ref}" s="${look}"><v>0.85</v></c>`)
  },
  'days from 1904': (base, bytes) => {
    const sheets = base.sheets.map(sheet => ({
      days: ['asOf', ...sheet.register.columns.filter(c => c.type === 'date').map(c => c.key)].map(key =>
        columnLetters(sheet.at(key)),
      ),
    }))
    const out = changed(bytes, (name, text) => {
      if (name === 'xl/workbook.xml')
        return text
          .replace(/<workbookPr[^>]*\/>/, '')
          .replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
      const sheet = sheets[Number(/sheet(\d+)\.xml$/.exec(name)?.[1]) - 1]
      if (!sheet) return text
      return text.replace(
        /(<c r="([A-Z]+)\d+"( s="\d+")?><v>)(\d{5})(<\/v>)/g,
        (cell, start: string, letters: string, _look, value: string, end: string) =>
          sheet.days.includes(letters) ? `${start}${Number(value) - 1462}${end}` : cell,
      )
    })
    return [out, harmless]
  },
  'borders to the last row': (_, bytes) => {
    const looks =
      '<row r="900" s="1"><c r="A900" s="1"/><c r="C900" s="1"></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    return [
      changed(bytes, (name, text) =>
        name === VILLAGES ? text.replace('</sheetData>', `${looks}</sheetData>`) : text,
      ),
      harmless,
    ]
  },
  'hidden rows': (base, bytes) => {
    const row = base.row(base.sheet('villages')) + 1
    return [
      changed(bytes, (name, text) =>
        name === VILLAGES ? text.replace(`<row r="${row}"`, `<row r="${row}" hidden="1"`) : text,
      ),
      harmless,
    ]
  },
  'texts lost': (_, bytes) => [
    changed(bytes, (name, text) => (name.endsWith('sharedStrings.xml') ? null : text)),
    refused('book_texts'),
  ],
  'DOCTYPE inside': (base, bytes) => {
    const part = base.one([VILLAGES, 'xl/workbook.xml', 'xl/sharedStrings.xml'])
    return [
      changed(bytes, (name, text) =>
        name === part ? text.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>') : text,
      ),
      refused('book_entity'),
    ]
  },
  'old .xls under another name': base => [base.int(2) ? CFB : CFB.subarray(0, 600), refused('book_old')],
  password: async () => [
    await writeXlsx({
      sheets: [{ name: '行政村', rows: [['编号', '名称']] }],
      encryption: { password: 'x', spinCount: 1 },
    }),
    refused('book_locked'),
  ],
  'zip bomb': () => [BOMB, refused('zip_too_large')],
  'cut off': (base, bytes) => [
    bytes.subarray(0, 1 + base.int(bytes.length - 1)),
    refused('zip_unreadable', 'book_unreadable'),
  ],
  'no workbook at all': base => [
    strToU8(base.one(['<html><table></table></html>', '编号,名称\n1,甲', ''])),
    refused('zip_unreadable'),
  ],
  'a zip of something else': () => [zipSync({ 'a.txt': strToU8('x') }), refused('book_unreadable')],
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!)
