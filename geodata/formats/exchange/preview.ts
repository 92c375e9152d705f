import type {
  CellFault,
  CellPlace,
  Outcome,
  PersonsChange,
  Preview,
  PreviewRow,
  ReadSheet,
  RegisterFile,
} from '../../../server/contract/registers/exchange.ts'
import { faultsOfRecord } from '../../../server/contract/registers/check.ts'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { RowPersons } from '../../../server/contract/registers/persons.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { tidyRecord } from '../../../server/contract/registers/tidy.ts'
import type { Wrong } from '../tables/values.ts'
import { dropsOf, offeredDrops } from './drops.ts'
import { type Held, heldRegisters, type Matched, matchRows } from './match.ts'
import { type Blanks, changesOf, mergeRow } from './merge.ts'
import { HeldPersons, mergePersons } from './merge-persons.ts'
import { faultAt } from './places.ts'
import { leansOn, Targets, resolveRow } from './refer.ts'

export interface PreviewOptions {
  /** Drops what the world has and the file has not, in the file's registers. Default: nothing is dropped. */
  dropMissing?: boolean
  /** What blank cells mean. Default `unknown`. */
  blanks?: Blanks
  /** What stands in the journal. Default: the file and the sums. */
  note?: string
  /** What is kept of persons. Without it their columns change nothing. */
  persons?: readonly RowPersons[]
  registers?: readonly Register[]
}

/** A row on its way to what becomes of it. */
export interface Considered extends Matched {
  sheet: ReadSheet
  /** What would be put; references are ids. */
  record: RegisterRecord
  said: { faults: CellFault[]; warnings: CellFault[] }
  /** `register id` of everything that it refers to. */
  to: string[]
}

/** What an import would do, row by row, and the command that does it. Nothing is done here. */
export function previewRegister(
  current: Iterable<Held>,
  { file, sheets }: Pick<RegisterFile, 'file' | 'sheets'>,
  options: PreviewOptions = {},
): Preview {
  const { registers = REGISTERS, dropMissing = false, blanks = 'unknown' } = options
  const kept = options.persons && new HeldPersons(options.persons)
  const byKey = new Map(registers.map(register => [register.key, register]))
  const world = heldRegisters(current)
  const sheetOf = new Map(sheets.flatMap(sheet => sheet.rows.map(row => [row, sheet] as const)))
  const matched = matchRows([...sheetOf.keys()], world, kept?.idOf)
  const rows = matched.map(one => consider(one, sheetOf.get(one.row)!, byKey, blanks))
  const offered = offeredDrops(sheets, world, matched)

  const targets = new Targets(world)
  for (const row of rows) if (row.said.faults.length === 0) targets.add({ ...row.record, id: row.id })
  for (const row of rows) refer(row, byKey, targets)
  refuseLeaning(rows, byKey, new Set())
  const first = dropsOf(offered, rows, dropMissing)
  refuseLeaning(rows, byKey, new Set(first.drops.map(({ register, id }) => `${register} ${id}`)))
  const { drops, heldBack } = dropsOf(first.drops, rows, dropMissing)

  const own = rows.map(row => tell(row, byKey.get(row.row.register)!))
  const beside = rows.map(({ row, id, sheet, said }) => {
    if (!kept || !row.persons || said.faults.length > 0) return null
    const read = { ...row.persons, id }
    return mergePersons(byKey.get(row.register)!, kept.of(row.register, id), read, sheet, blanks)
  })
  const told = own.map((row, i) => withPersons(row, beside[i]))
  const personsChanged = beside.filter(one => one !== null)
  const count = (what: Outcome): number => told.filter(row => row.what === what).length
  const sums = {
    added: count('added'),
    changed: count('changed'),
    same: count('same'),
    refused: count('refused'),
    sheetsRefused: sheets.filter(sheet => sheet.faults.length > 0).length,
    dropped: drops.length,
    persons: personsChanged.length,
  }
  const put = rows.flatMap(({ record, held }, i) =>
    own[i].what === 'added' || own[i].what === 'changed' ? [{ record, ifRev: held?.rev ?? null }] : [],
  )
  return {
    rows: told,
    sums,
    dropsOffered: offered,
    dropsHeldBack: [...new Set([...first.heldBack, ...heldBack])],
    command: {
      put,
      drop: drops.map(({ register, id, rev }) => ({ register, id, ifRev: rev })),
      note: options.note ?? noteOf(file, sums),
    },
    persons: rows.flatMap(({ row, id }, i) =>
      told[i].what === 'refused' || !row.persons ? [] : [{ ...row.persons, id }],
    ),
    personsChanged,
  }
}

const noteOf = (file: string, { added, changed, dropped, persons }: Preview['sums']): string =>
  `导入 ${file}：新增 ${added}，修改 ${changed}，删除 ${dropped}${persons ? `，姓名电话 ${persons} 行` : ''}`

/** A row beside which only persons change is changed too. */
function withPersons(row: PreviewRow, beside: PersonsChange | null): PreviewRow {
  if (!beside) return row
  return { ...row, what: row.what === 'same' ? 'changed' : row.what, persons: beside.changes }
}

function consider(
  matched: Matched,
  sheet: ReadSheet,
  registers: ReadonlyMap<string, Register>,
  blanks: Blanks,
): Considered {
  const { row, id, held } = matched
  const register = registers.get(row.register)!
  const said = { faults: [...row.faults], warnings: [...row.warnings] }
  const one: Considered = { ...matched, sheet, record: row.record, said, to: [] }
  const notes = (list: Matched['faults'], into: CellFault[]): void => {
    for (const { key, wrong } of list) into.push(at(one, key, wrong))
  }
  notes(matched.faults, said.faults)
  notes(matched.warnings, said.warnings)
  if (held) {
    const merged = mergeRow(register, held.record, row, key => key in sheet.columns, blanks)
    one.record = merged.record
    notes(merged.warnings, said.warnings)
    // What the world had wrong already in columns that the file does not have.
    const still = row.faults.length > 0 ? [] : faultsOfRecord(register, merged.record)
    for (const { column, text, remedy } of still) said.faults.push(at(one, column, { text, remedy }))
  } else {
    one.record = tidyRecord(register, { ...row.record, id, ...(register.persons ? { name: id } : {}) })
  }
  return one
}

function at({ row, sheet }: Considered, key: string, wrong: Wrong): CellFault {
  const place = sheet.columns[key] ?? sheet.columns.name ?? { column: null, head: '' }
  const where: CellPlace = { sheet: row.sheet, row: row.row, ...place }
  return faultAt(where, wrong)
}

function refer(one: Considered, registers: ReadonlyMap<string, Register>, targets: Targets): void {
  if (one.said.faults.length > 0) return
  const register = registers.get(one.row.register)!
  const { record, held } = one
  const done = resolveRow(register, registers, { record, before: held?.record ?? null }, targets)
  one.record = { ...record, fields: done.fields }
  one.to = done.to
  for (const { key, wrong } of done.faults) one.said.faults.push(at(one, key, wrong))
  for (const { key, wrong } of done.warnings) one.said.warnings.push(at(one, key, wrong))
}

/** Refuses, again and again, what refers to a new row that is refused, or to one that is dropped. */
function refuseLeaning(
  rows: readonly Considered[],
  registers: ReadonlyMap<string, Register>,
  dropped: ReadonlySet<string>,
): void {
  const name = ({ row, id }: Considered): string => `${row.register} ${id}`
  const good = (row: Considered): boolean => row.said.faults.length === 0
  for (let again = true; again;) {
    again = false
    const kept = new Set(rows.filter(row => good(row) || row.held).map(name))
    const lost = new Set(rows.map(name).filter(one => !kept.has(one)))
    if (lost.size + dropped.size === 0) return
    for (const row of rows) {
      const leans = good(row) ? row.to.find(to => lost.has(to) || dropped.has(to)) : undefined
      if (leans === undefined) continue
      const [target] = leans.split(' ', 1)
      const id = leans.slice(target.length + 1)
      const column = registers
        .get(row.row.register)!
        .columns.find(
          ({ key, refers }) =>
            refers === target && [row.record.fields[key]].flat().some(value => value === id),
        )
      row.said.faults.push(at(row, column?.key ?? 'name', leansOn(id, registers.get(target)!.sheet)))
      again = true
    }
  }
}

function tell({ row, id, held, record, said }: Considered, register: Register): PreviewRow {
  const about = { sheet: row.sheet, row: row.row, register: row.register, id, name: record.name }
  const warnings = said.warnings.length > 0 ? { warnings: said.warnings } : {}
  if (said.faults.length > 0) return { ...about, what: 'refused', faults: said.faults, ...warnings }
  if (!held) return { ...about, what: 'added', ...warnings }
  const changes = changesOf(register, held.record, record)
  if (changes.length === 0) return { ...about, what: 'same', ...warnings }
  return { ...about, what: 'changed', changes, ...warnings }
}
