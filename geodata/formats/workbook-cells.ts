import type { Text } from '../../server/contract/errors.ts'
import type { ZipEntry } from './zip.ts'

const BLANK_CELL = /<(?:\w+:)?c(?:\s[^<>]*)?\/>|<((?:\w+:)?c)(?:\s[^<>]*)?><\/\1>/g
const BLANK_ROW = /<(?:\w+:)?row(?:\s[^<>]*)?\/>|<((?:\w+:)?row)(?:\s[^<>]*)?>\s*<\/\1>/g
/** A cell without a formula: its attributes and its value. */
const PLAIN_CELL = /<((?:\w+:)?)c((?:\s[^<>]*)?)>\s*<\1v>([^<]*)<\/\1v>\s*<\/\1c>/g
const IS_SHEET = /worksheets\/[^/]+\.xml$/i
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]

/** A cell whose text is nowhere in the workbook is read as this error. */
const LOST_TEXT = '#TEXT?'

/**
 * The sheets among a workbook's parts as the reader should see them. Cells with a look and no content go: borders
 * drawn to row 1,048,576, as tables in offices have them, would make a grid of millions. What the reader would
 * take for blank or for another number becomes an error: a text that is not there, 85 % that would be read as 0.85.
 */
export function readyCells(parts: readonly ZipEntry[]): (part: ZipEntry) => Uint8Array {
  const texts = count(parts, /sharedStrings\.xml$/i, /<(?:\w+:)?si[\s/>]/g)
  const percents = percentLooks(parts)
  return ({ name, bytes }) => {
    if (!IS_SHEET.test(name)) return bytes
    const text = new TextDecoder().decode(bytes).replace(BLANK_CELL, '').replace(BLANK_ROW, '')
    const checked = text.replace(PLAIN_CELL, (cell, _: string, attributes: string, value: string) => {
      const [type, look] = ['t', 's'].map(key => attribute(attributes, key))
      const lost = type === 's' && !(Number(value) < texts)
      const percent = (type ?? 'n') === 'n' && percents.has(look ?? '') && value !== ''
      if (!lost && !percent) return cell
      const at = attribute(attributes, 'r')
      const shown = lost ? LOST_TEXT : `${Number((Number(value) * 100).toPrecision(12))}%`
      return `<c${at === undefined ? '' : ` r="${at}"`} t="e"><v>${shown}</v></c>`
    })
    return new TextEncoder().encode(checked)
  }
}

/** Whether cells point into a table of texts that the workbook does not have at all. */
export const lacksTexts = (parts: readonly ZipEntry[]): boolean =>
  !parts.some(({ name }) => /sharedStrings\.xml$/i.test(name)) && count(parts, IS_SHEET, /\st="s"/g) > 0

function count(parts: readonly ZipEntry[], where: RegExp, what: RegExp): number {
  return parts
    .filter(({ name }) => where.test(name))
    .reduce((sum, { bytes }) => sum + (new TextDecoder().decode(bytes).match(what)?.length ?? 0), 0)
}

/** Numbers of the cell formats that show a per cent: 9, 10 and own ones with a % (ECMA-376 part 1, 18.8.30). */
function percentLooks(parts: readonly ZipEntry[]): ReadonlySet<string> {
  const part = parts.find(({ name }) => /xl\/styles\.xml$/i.test(name))
  const text = part ? new TextDecoder().decode(part.bytes) : ''
  const formats = new Set(['9', '10'])
  for (const [, attributes] of text.matchAll(/<(?:\w+:)?numFmt(\s[^<>]*)>/g)) {
    const code = attribute(attributes!, 'formatCode') ?? ''
    if (code.includes('%')) formats.add(attribute(attributes!, 'numFmtId') ?? '')
  }
  const inside = /<(?:\w+:)?cellXfs[\s>]([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(text)?.[1] ?? ''
  const looks = [...inside.matchAll(/<(?:\w+:)?xf(\s[^<>]*)>/g)]
  return new Set(
    looks.flatMap(([, attributes], i) =>
      formats.has(attribute(attributes!, 'numFmtId') ?? '') ? [String(i)] : [],
    ),
  )
}

export const UNCALCULATED: Text = {
  zh: '是没有算出结果的公式',
  en: 'is a formula without its result',
}

/** What a cell that shows an error has in it. */
export function errorText(shown: string): Text {
  if (shown === LOST_TEXT) return { zh: '的文字在文件里丢失了', en: 'has lost its text in the file' }
  if (!shown.endsWith('%')) return { zh: `是错误值 ${shown}`, en: `is the error ${shown}` }
  return { zh: `是百分数 ${shown}`, en: `is a per cent: ${shown}` }
}
