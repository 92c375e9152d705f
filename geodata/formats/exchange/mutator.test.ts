import { zipSync } from 'fflate'
import { beforeAll, expect, test, vi } from 'vitest'
import { Refusal } from '../../../server/contract/errors.ts'
import type { CellFault, Preview, RegisterFile } from '../../../server/contract/registers/exchange.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { columnLetters } from '../workbook.ts'
import {
  BBOX,
  type Expected,
  goodBook,
  goodRecords,
  KINDS,
  LARGE_KINDS,
  largeMutated,
  mutated,
} from './mutator.fixture.ts'
import { previewRegister } from './preview.ts'
import { readRegisterFile } from './read-file.ts'

// Hundreds of workbooks, on two cores that other suites share.
vi.setConfig({ testTimeout: 240_000 })

interface Seen {
  file: RegisterFile
  preview: Preview
}
async function see(bytes: Uint8Array): Promise<Seen> {
  const file = await readRegisterFile('台账.xlsx', bytes, { bbox: BBOX })
  return { file, preview: previewRegister([], file) }
}

/** Everything that is read, with its persons, by register and id; refused rows left out. */
function readOf({ file, preview }: Seen): Map<string, unknown> {
  const put = new Map(preview.command.put.map(({ record }) => [`${record.register} ${record.id}`, record]))
  const persons = new Map(preview.persons.map(one => [`${one.register} ${one.id}`, one.fields]))
  expect(file.sheets.length).toBeGreaterThan(0)
  return new Map([...put].map(([key, record]) => [key, { ...record, persons: persons.get(key) ?? null }]))
}

let good: Map<string, unknown>
beforeAll(async () => {
  good = readOf(await see(await goodBook(5)))
})

/** What is said of cells anywhere: of sheets, of rows, in the preview; heads that mean nothing are said too. */
function said({ file, preview }: Seen): { fault: CellFault | null; at: CellFault['at'] }[] {
  const told = [
    ...file.sheets.flatMap(({ faults }) => faults),
    ...preview.rows.flatMap(({ faults = [], warnings = [] }) => [...faults, ...warnings]),
  ]
  const ignored = file.sheets.flatMap(sheet => sheet.ignored.map(at => ({ fault: null, at })))
  return [...told.map(fault => ({ fault, at: fault.at })), ...ignored]
}

const without = (value: unknown, key: string): unknown => {
  const record = value as RegisterRecord
  return { ...record, fields: { ...record.fields, [key]: null } }
}

function check(seen: Seen, expected: Exclude<Expected, { kind: 'refused' }>): void {
  const all = said(seen)
  const read = readOf(seen)
  if (expected.kind === 'harmless') {
    expect(all.filter(({ fault }) => fault)).toEqual([])
    expect(read).toEqual(good)
    return
  }
  if (expected.kind === 'hidden') {
    expect(seen.file.hidden).toContain(expected.sheet)
    expect(seen.file.notes[0].zh).toContain(expected.sheet)
    for (const [key, value] of read) expect(value).toEqual(good.get(key))
    return
  }
  const { sheet, row, column } = expected
  const here = all.filter(({ at }) => at.sheet === sheet && at.row === row)
  const letters = column === null ? null : columnLetters(column)
  const named = here.filter(({ at }) => at.column === letters)
  expect(named.length, JSON.stringify(all)).toBeGreaterThan(0)
  for (const { fault } of named) {
    for (const lang of ['zh', 'en'] as const) {
      expect(fault?.text[lang] ?? '—').not.toBe('')
      expect(fault?.remedy[lang] ?? '—').not.toBe('')
      if (fault && column !== null) expect(fault.place[lang]).toContain(`${letters}${row}`)
    }
  }
  // What is read is right; what is not read was said.
  const refused = seen.preview.rows.filter(({ what }) => what === 'refused')
  for (const [key, value] of read) {
    const right = good.get(key)
    if (expected.warning && JSON.stringify(value) !== JSON.stringify(right)) continue
    expect(value).toEqual(
      expected.without && key.startsWith('villages ') ? without(right, expected.without) : right,
    )
  }
  const lost = [...good.keys()].filter(key => !read.has(key))
  if (expected.wholeSheet) return
  expect(lost.length).toBeLessThanOrEqual(refused.length + (column === null ? good.size : 0))
  if (expected.warning || expected.without || column === null) expect(lost).toEqual([])
}

test('the good workbook is good', () => expect(good.size).toBe(goodRecords(5).length))

test('500 workbooks with a mistake each: every one is named at its place, or harmless', async () => {
  expect(KINDS.length).toBeGreaterThanOrEqual(30)
  const kinds = new Map<string, number>()
  const failed: string[] = []
  for (let seed = 0; seed < 500; seed++) {
    const { kind, bytes, expected } = await mutated(seed)
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    try {
      if (expected.kind === 'refused') {
        const error = await see(bytes).then(
          () => null,
          (thrown: unknown) => thrown,
        )
        expect(error).toBeInstanceOf(Refusal)
        expect(expected.codes).toContain((error as Refusal).code)
        expect((error as Refusal).remedy?.zh).toBeTruthy()
      } else check(await see(bytes), expected)
    } catch (error) {
      failed.push(`seed ${seed}, ${kind}: ${(error as Error).message.slice(0, 600)}`)
    }
  }
  expect(failed).toEqual([])
  expect([...kinds.keys()].sort()).toEqual([...KINDS].sort())
})

test('10,000 rows with 34 kinds of mistakes: each is named by sheet, row and column, the rest is read', async () => {
  expect(LARGE_KINDS.length).toBeGreaterThanOrEqual(30)
  const { bytes, rows, expected } = await largeMutated(3)
  const { file, preview } = await see(bytes)
  expect(rows).toBeGreaterThanOrEqual(10_000)
  expect(preview.rows).toHaveLength(rows)
  const bad = preview.rows.filter(({ faults, warnings }) => faults || warnings)
  const places = new Set(
    bad.flatMap(({ faults = [], warnings = [] }) =>
      [...faults, ...warnings].map(({ at }) => `${at.sheet} ${at.column}${at.row}`),
    ),
  )
  const named = expected.flatMap(one =>
    one.kind === 'named' ? [{ ...one, place: `${one.sheet} ${columnLetters(one.column!)}${one.row}` }] : [],
  )
  expect(named).toHaveLength(expected.length)
  expect(named.filter(({ place }) => !places.has(place))).toEqual([])
  // And nothing else is.
  const mistaken = new Set(named.map(({ sheet, row }) => `${sheet} ${row}`))
  expect(bad.filter(({ sheet, row }) => !mistaken.has(`${sheet} ${row}`))).toEqual([])
  const warned = new Set(named.flatMap(({ warning, sheet, row }) => (warning ? [`${sheet} ${row}`] : [])))
  expect(preview.sums.refused).toBe(mistaken.size - warned.size)
  expect(preview.command.put).toHaveLength(rows - preview.sums.refused)
  expect(file.sheets.every(({ faults }) => faults.length === 0)).toBe(true)
})

test('a bomb of more than 200 MB, each part below every other limit, is refused while it unpacks', async () => {
  // A hundredth of it is noise: it packs to no less, and the ratio alone would let it pass.
  const part = new Uint8Array(24 * 1024 * 1024)
  let state = 1
  for (let i = 0; i < part.length; i += 64)
    part[i] = (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16
  const parts = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`xl/worksheets/sheet${i + 1}.xml`, part]),
  )
  const bomb = zipSync(parts, { level: 1 })
  expect(part.length * 9).toBeGreaterThan(200 * 1024 * 1024)
  expect(part.length * 9).toBeLessThan(bomb.length * 100)
  await expect(readRegisterFile('台账.xlsx', bomb)).rejects.toMatchObject({ code: 'zip_too_large' })
})
