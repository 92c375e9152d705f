import fc from 'fast-check'
import type { LonLat } from '../../../server/contract/geo.ts'
import { faultsOfRecord } from '../../../server/contract/registers/check.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { isItem, tidyRecord } from '../../../server/contract/registers/tidy.ts'
import { BETWEEN_ITEMS, tidyText, UNKNOWN_WORD } from '../../../server/contract/registers/words.ts'
import { isPersonal } from '../tables/persons.ts'

/** Texts that a format might take for something else. */
const ODD = [
  '=1+1',
  "'=1+1",
  "''=1",
  "'x",
  "'",
  '+86 139',
  '-5',
  '@a',
  '007',
  '1e5',
  '0x10',
  'TRUE',
  '2026-03-12',
  '_x0041_',
  '_x005F_x000D_',
  'a\nb\n\nc',
  'a\tb',
  '"',
  'say "x", y; z',
  '# x',
  '#',
  '合计',
  '名称',
  '名称\nName',
  '示例：一',
  '备注：二',
  '无',
  '无\n',
  '100%',
  '<b>&amp;</b>',
  ']]>',
  '{"a":1}',
  '😀',
  '👩‍🚒',
  'é',
  '１２',
  'null',
  '\u00a0中\u3000间\u2028行',
]

const anyText = (most: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.constantFrom(...ODD),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    .map(raw => tidyText(raw).slice(0, most))
    .map(tidyText)
    .map(tidy => (tidy === '' || UNKNOWN_WORD.test(tidy) ? '东沟' : tidy))

const item = anyText(20).map(raw => {
  const tidy = tidyText(raw.replace(new RegExp(BETWEEN_ITEMS, 'g'), ''))
  return isItem(tidy) ? tidy : '西坪'
})

const degrees = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.double({ min: -most, max: most, noNaN: true }).map(n => n + 0),
    fc.constantFrom(-most, most, 0, 1e-7, -1.25e-9),
  )
/** Where WGS84 is; the Qingling county, so that nothing lies the wrong way round. */
const near: fc.Arbitrary<LonLat> = fc.tuple(
  fc.double({ min: 82.5, max: 83, noNaN: true }),
  fc.double({ min: 38.7, max: 39, noNaN: true }),
)
const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 2199 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
const date = fc.oneof(
  day,
  day.map(text => text.slice(0, 4)),
  day.map(text => text.slice(0, 7)),
  day.map(text => `${text}T00:00`),
  day.map(text => `${text}T23:59`),
)

function number({ type, min = -1e15, max = 1e15 }: Column): fc.Arbitrary<number> {
  if (type === 'whole') {
    const [low, high] = [Math.ceil(min), Math.min(max, Number.MAX_SAFE_INTEGER)]
    return fc.oneof(fc.integer({ min: low, max: Math.min(high, 2 ** 31) }), fc.constantFrom(low, high))
  }
  return fc
    .oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, Math.min(max, min + 0.1 + 0.2)))
    .map(n => n + 0)
}

/** @param ids of the register that a column refers to */
function anyValue(column: Column, ids: readonly string[]): fc.Arbitrary<FieldValue> {
  const { type, refers, choices } = column
  switch (type) {
    case 'text':
    case 'person':
      return refers ? fc.constantFrom(...ids) : anyText(2000)
    case 'phone':
      return anyText(60).map(raw => `${raw.replace(/\n/g, ' ')} 110`)
    case 'whole':
    case 'number':
      return number(column)
    case 'date':
      return date
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...choices!.map(({ value }) => value))
    case 'list': {
      const one = refers
        ? fc.constantFrom(...ids)
        : choices
          ? fc.constantFrom(...choices.map(({ value }) => value))
          : item
      return fc.array(one, { maxLength: 4 })
    }
    case 'line':
      return fc.array(fc.tuple(degrees(180), degrees(90)), { minLength: 2, maxLength: 5 })
  }
}

const optional = <T>(some: fc.Arbitrary<T>, rest: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: fc.constant(rest) })

/** Odd beginnings of ids that may also stand in a list of ids. */
const BEFORE = ['', '0', '=', "'", '+', '#', '①', 'Ａ', '"', '😀 ', '-', 'é ']
const idsOf = (register: Register, rows: number): string[] =>
  Array.from({ length: rows }, (_, i) => `${BEFORE[(i * 5 + register.key.length) % BEFORE.length]}${i + 1}`)

/** Good rows of all registers, referring to each other, with anything that a record may hold. */
export function anyRecords(registers: readonly Register[], rows: number): fc.Arbitrary<RegisterRecord[]> {
  const ids = new Map(registers.map(register => [register.key, idsOf(register, rows)]))
  const all = registers.flatMap(register =>
    ids.get(register.key)!.map(id => {
      const fields = Object.fromEntries(
        register.columns.map(column => {
          const some = anyValue(column, ids.get(column.refers ?? '') ?? [])
          const needed = column.needed && !isPersonal(column.type)
          return [column.key, needed ? some : optional<FieldValue>(some, null)]
        }),
      )
      return fc
        .record({
          name: anyText(100),
          nameEn: optional<string | undefined>(anyText(100), undefined),
          at: register.position === 'none' ? fc.constant(null) : optional<LonLat | null>(near, null),
          source: fc.record({ name: anyText(100), asOf: optional<string | null>(date, null) }),
          fields: fc.record(fields),
        })
        .map(({ nameEn, ...rest }) =>
          tidyRecord(register, {
            id,
            register: register.key,
            ...(nameEn === undefined ? {} : { nameEn }),
            ...rest,
          }),
        )
    }),
  )
  return fc.tuple(...all).map(records => {
    for (const record of records) {
      const [fault] = faultsOfRecord(
        registers.find(({ key }) => key === record.register)!,
        record,
      )
      if (fault) throw new Error(`${record.register} ${fault.column}: ${fault.text.en}`)
    }
    return records
  })
}
