import type { Draft } from '../contract/change.ts'
import type { CommandInput } from '../contract/commands.ts'
import { belongsTo } from '../contract/own.ts'
import { faultsOfRecord } from '../contract/registers/check.ts'
import type { RecordFault } from '../contract/registers/check.ts'
import { entityOf } from '../contract/registers/entity.ts'
import type { RecordEntity } from '../contract/registers/entity.ts'
import { REGISTERS, registerOf } from '../contract/registers/index.ts'
import type { RegisterRecord } from '../contract/registers/record.ts'
import type { Register } from '../contract/registers/register.ts'
import { personsChanged, personsRev } from '../contract/registers/persons.ts'
import { tidyRecord } from '../contract/registers/tidy.ts'
import type { World } from '../contract/world.ts'
import {
  badRows,
  recordChanged,
  recordExists,
  recordNamed,
  recordNotOwn,
  recordTwice,
  recordUnknown,
  registerUnknown,
} from '../contract/registers/refusals.ts'
import type { Env, Made, Verb } from './verb.ts'

type Saved = CommandInput<'saveRecords'>['put'][number]
type Removed = CommandInput<'saveRecords'>['drop'][number]

/** Puts one row of a register. What somebody else changed meanwhile is never overwritten. */
export const saveRecord: Verb<'saveRecord'> = (world, { record, ifRev, note }, env) =>
  edit(world, { put: [{ record, ifRev }], drop: [], note }, env)

export const removeRecord: Verb<'removeRecord'> = (world, { register, id, ifRev, note }, env) =>
  edit(world, { put: [], drop: [{ register, id, ifRev }], note }, env)

/** Many rows, all or none. */
export const saveRecords: Verb<'saveRecords'> = (world, input, env) => edit(world, input, env)

/** Takes the rows of an import in. A row that a person has saved or removed since is left as it is. */
export const adoptRecords: Verb<'adoptRecords'> = (world, { records, gone, done }, env) => {
  const held = (register: string, id: string) =>
    world.kinds.get(register)?.get(id) as RecordEntity | undefined
  const ours = (row: RecordEntity | undefined): boolean => row === undefined || row.savedBy === env.actor
  const put: Draft['put'] = records
    .filter(({ register, id }) => ours(held(register, id)))
    .map(record => {
      const { personsSaved } = held(record.register, record.id) ?? {}
      return { ...entityOf(record, env.actor, env.now), ...(personsSaved ? { personsSaved } : {}) }
    })
  const drop = gone
    .filter(({ register, id }) => held(register, id)?.savedBy === env.actor)
    .map(({ register, id }) => ({ kind: register, id }))
  if (done) {
    const mark = {
      id: 'registers',
      kind: 'import',
      audience: 'all' as const,
      source: env.actor,
      asOf: env.now,
    }
    put.push({ ...mark, ...done })
  }
  return { put, drop, note: null }
}

/** Leaves in the journal that persons were changed: the row as it is, with when and by whom. */
export const notePersons: Verb<'notePersons'> = (world, noted, env) => ({
  put: withPersons(world, [], [noted], env),
  drop: [],
  note: null,
})

/** A previewed file: rows and the traces of persons in one change. Each row was checked where it was read. */
export const importRecords: Verb<'importRecords'> = (world, { persons, ...input }, env) => {
  const draft = edit(world, input, env, { checked: true })
  const gone = new Set(draft.drop.map(({ kind, id }) => keyOf(kind, id)))
  for (const { register, id } of persons) if (gone.has(keyOf(register, id))) throw recordUnknown(register, id)
  return { ...draft, put: withPersons(world, draft.put, persons, env) }
}

type Noted = CommandInput<'notePersons'>

/** Rows with the trace that persons beside them were saved; those that the edit itself leaves alone come last. */
function withPersons(world: World, put: Draft['put'], persons: readonly Noted[], env: Env): Draft['put'] {
  const rows = new Map(put.map(row => [keyOf(String(row.kind), String(row.id)), row]))
  for (const { register, id, columns, ifRev } of persons) {
    const held = world.kinds.get(register)?.get(id) as RecordEntity | undefined
    const key = keyOf(register, id)
    const row = rows.get(key) ?? (held && unsealed(held))
    if (!row) throw recordUnknown(register, id)
    if (ifRev !== undefined && held && ifRev !== personsRev(held)) throw personsChanged(held)
    const personsSaved = { at: env.now, by: env.actor, columns, seq: world.seq + 1 }
    rows.set(key, { ...row, personsSaved })
  }
  return [...rows.values()]
}

/** A row of the world as it may be put again. */
function unsealed({ rev: _rev, was: _was, ...row }: RecordEntity): Draft['put'][number] {
  return row
}

/** @param checked the rows are tidy and their own values good, by the same rules, where a file was read */
function edit(world: World, input: CommandInput<'saveRecords'>, env: Env, { checked = false } = {}): Draft {
  const { drop, note } = input
  const put = checked ? input.put : input.put.map(tidied)
  // Before anything is said of a row: whoever may not see it learns nothing, not even whether it is there.
  for (const { record } of put) checkOwn(world, record, env)
  for (const { record, ifRev } of put) checkRev(world, record.register, record.id, ifRev)
  for (const { register, id, ifRev } of drop) checkRev(world, register, id, ifRev)
  const after = new Afterwards(world, put, drop)
  const faults = put.flatMap(({ record }, row) =>
    faultsOf(world, record, after, checked).map(fault => ({ row, id: record.id, ...fault })),
  )
  if (faults.length > 0) throw badRows(faults, put.length)
  const named = after.stillNamed()
  if (named) throw recordNamed(named.ref, named.by)
  return {
    put: put.map(({ record }) => {
      const { personsSaved } = (world.kinds.get(record.register)?.get(record.id) ??
        {}) as Partial<RecordEntity>
      const row = entityOf(record, env.actor, env.now)
      return personsSaved ? { ...row, personsSaved } : row
    }),
    drop: drop.map(({ register, id }) => ({ kind: register, id })),
    note,
  }
}

/** Whoever may only report changes rows that are its own before and after, and enters none. */
function checkOwn(world: World, { register, id, fields }: RegisterRecord, { own }: Env): void {
  if (!own) return
  const held = world.kinds.get(register)?.get(id)
  const isOwn = held?.audience === 'all' && belongsTo(own, held)
  if (!isOwn || !belongsTo(own, { kind: register, id, fields })) throw recordNotOwn(register, id)
}

function checkRev(world: World, register: string, id: string, ifRev: number | null): void {
  if (!registerOf(register)) throw registerUnknown(register)
  const held = world.kinds.get(register)?.get(id) as RecordEntity | undefined
  if (held?.rev === ifRev || (!held && ifRev === null)) return
  if (!held) throw recordUnknown(register, id)
  throw ifRev === null ? recordExists(held) : recordChanged(held)
}

function faultsOf(world: World, record: RegisterRecord, after: Afterwards, checked: boolean): RecordFault[] {
  const register = registerOf(record.register)!
  const faults = [...(checked ? [] : faultsOfRecord(register, record)), ...personsIn(register, record)]
  const held = world.kinds.get(record.register)?.get(record.id) as RecordEntity | undefined
  for (const { key, head, refers } of register.columns) {
    if (refers === undefined) continue
    // What was wrong before this edit is not its fault.
    const known = new Set(named(held?.fields[key]))
    for (const id of named(record.fields[key])) {
      if (!known.has(id) && !after.has(refers, id)) faults.push({ column: key, head, ...nobody(refers, id) })
    }
  }
  return faults
}

/** Names and telephone numbers are kept apart, where they can be erased: the journal never forgets. */
function personsIn(register: Register, { id, name, nameEn, fields }: RegisterRecord): RecordFault[] {
  const held = register.columns.filter(
    ({ key, type }) => (type === 'person' || type === 'phone') && (fields[key] ?? null) !== null,
  )
  const faults = held.map(({ key, head }): RecordFault => ({ column: key, head, ...APART }))
  if (register.persons && (name !== id || nameEn !== undefined))
    faults.push({ column: 'name', head: { zh: '名称', en: 'Name' }, ...APART })
  return faults
}

const APART: Pick<RecordFault, 'text' | 'remedy'> = {
  text: { zh: '是个人信息，另行保存', en: 'is of a person and kept apart' },
  remedy: { zh: '从这里去掉，用“人员”一栏录入', en: 'Leave it out here and enter it under Persons' },
}

function nobody(refers: string, id: string): Pick<RecordFault, 'text' | 'remedy'> {
  const sheet = registerOf(refers)!.sheet
  return {
    text: { zh: `填的 ${id} 不在“${sheet.zh}”中`, en: `names ${id}, which ${sheet.en} does not have` },
    remedy: { zh: '先录入那一行，或改成已有的编号', en: 'Enter that row first, or name one that is there' },
  }
}

const named = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '')

const keyOf = (register: string, id: string): string => `${register}/${id}`

/** The registers as they would stand after an edit. */
class Afterwards {
  private readonly put: Map<string, RegisterRecord>
  private readonly gone: Set<string>

  constructor(
    private readonly world: World,
    put: readonly Saved[],
    private readonly drop: readonly Removed[],
  ) {
    this.put = new Map()
    this.gone = new Set()
    const once = (key: string): string => {
      if (this.put.has(key) || this.gone.has(key)) throw recordTwice(key)
      return key
    }
    for (const { record } of put) this.put.set(once(keyOf(record.register, record.id)), record)
    for (const { register, id } of drop) this.gone.add(once(keyOf(register, id)))
  }

  has(register: string, id: string): boolean {
    const key = keyOf(register, id)
    return this.put.has(key) || (!this.gone.has(key) && !!this.world.kinds.get(register)?.has(id))
  }

  /** The first row to go that others still name, and those; null where none is. Every row is looked at once. */
  stillNamed(): { ref: Removed; by: { register: Register; id: string; name: string }[] } | null {
    const by = new Map<string, { register: Register; id: string; name: string }[]>()
    for (const register of this.drop.length === 0 ? [] : REGISTERS) {
      const columns = register.columns.filter(({ refers }) => this.drop.some(ref => ref.register === refers))
      if (columns.length === 0) continue
      for (const held of this.world.kinds.get(register.key)?.values() ?? []) {
        const key = keyOf(register.key, held.id)
        if (this.gone.has(key)) continue
        const row = this.put.get(key) ?? (held as RecordEntity)
        const to = columns.flatMap(one => named(row.fields[one.key]).map(id => keyOf(one.refers!, id)))
        for (const lost of new Set(to.filter(one => this.gone.has(one)))) {
          if (!by.has(lost)) by.set(lost, [])
          by.get(lost)!.push({ register, id: row.id, name: row.name })
        }
      }
    }
    const ref = this.drop.find(({ register, id }) => by.has(keyOf(register, id)))
    return ref ? { ref, by: by.get(keyOf(ref.register, ref.id))! } : null
  }
}

/** As it is kept, however a form or a file gave it. */
function tidied(saved: Saved): Saved {
  const register = registerOf(saved.record.register)
  return register ? { ...saved, record: tidyRecord(register, saved.record) } : saved
}

const same = (put: unknown, saved: Saved): boolean => {
  const { record } = tidied(saved)
  const { kind, id, name, nameEn, at, fields, source, asOf } = put as RecordEntity
  const { register, ...row } = record
  return (
    JSON.stringify([kind, id, name, nameEn, at, fields, source, asOf]) ===
    JSON.stringify([
      register,
      row.id,
      row.name,
      row.nameEn,
      row.at,
      row.fields,
      row.source.name,
      row.source.asOf,
    ])
  )
}

export const isSaving: Made<'saveRecord'> = ({ put, note }, input) =>
  put.length === 1 && same(put[0], input) && note === input.note

export const isRemoving: Made<'removeRecord'> = ({ drop }, { register, id }) =>
  drop.length === 1 && drop[0]!.kind === register && drop[0]!.id === id

export const isSavingMany: Made<'saveRecords'> = (change, { put, drop }) =>
  change.put.length === put.length &&
  change.drop.length === drop.length &&
  put.every((saved, i) => same(change.put[i], saved)) &&
  drop.every(({ register, id }, i) => change.drop[i]!.kind === register && change.drop[i]!.id === id)

export const isImporting: Made<'importRecords'> = (change, { put, drop, persons }) => {
  const rows = new Set(put.map(({ record }) => keyOf(record.register, record.id)))
  const alone = persons.filter(({ register, id }) => !rows.has(keyOf(register, id)))
  const rest = change.put.slice(put.length)
  return (
    isSavingMany({ ...change, put: change.put.slice(0, put.length) }, { put, drop, note: null }) &&
    rest.length === alone.length &&
    rest.every(({ kind, id }, i) => kind === alone[i]!.register && id === alone[i]!.id)
  )
}

/** Its key names the import and the part of it. */
export const isAdopting: Made<'adoptRecords'> = () => true

export const isNotingPersons: Made<'notePersons'> = ({ put }, { register, id, columns }) =>
  put[0]?.kind === register &&
  put[0].id === id &&
  JSON.stringify((put[0].personsSaved as { columns?: unknown })?.columns) === JSON.stringify(columns)
