import { shown } from '../../../server/contract/registers/check-text.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { noSuch } from '../tables/references.ts'
import type { Wrong } from '../tables/values.ts'
import type { HeldRegister } from './match.ts'

/** A row that is to be put, and what the world has in its place. */
export interface Referring {
  record: RegisterRecord
  before: RegisterRecord | null
}

/** What a row may refer to: ids and names of the world and of the file. */
export class Targets {
  private readonly ids = new Map<string, Set<string>>()
  private readonly names = new Map<string, Map<string, Set<string>>>()

  constructor(world: ReadonlyMap<string, HeldRegister>) {
    for (const { byId } of world.values()) for (const { record } of byId.values()) this.add(record)
  }

  add({ register, id, name }: RegisterRecord): void {
    const ids = this.ids.get(register) ?? new Set()
    this.ids.set(register, ids.add(id))
    const names = this.names.get(register) ?? new Map<string, Set<string>>()
    this.names.set(register, names.set(name, (names.get(name) ?? new Set()).add(id)))
  }

  remove(register: string, id: string): void {
    this.ids.get(register)?.delete(id)
  }

  has(register: string, id: string): boolean {
    return this.ids.get(register)?.has(id) ?? false
  }

  /** The id that is meant; null where it is nobody's, undefined where several have the name. */
  find(register: string, text: string): string | null | undefined {
    for (const one of [text, text.normalize('NFKC')]) if (this.has(register, one)) return one
    const named = [...(this.names.get(register)?.get(text) ?? [])].filter(id => this.has(register, id))
    return named.length > 1 ? undefined : (named[0] ?? null)
  }
}

export interface Referred {
  fields: RegisterRecord['fields']
  faults: { key: string; wrong: Wrong }[]
  warnings: { key: string; wrong: Wrong }[]
  /** `register id` of everything that the row refers to. */
  to: string[]
}

/**
 * A row's references as ids. What refers to nothing is a fault, unless the world has it so already: then it is
 * only said.
 */
export function resolveRow(
  register: Register,
  sheets: ReadonlyMap<string, Register>,
  { record, before }: Referring,
  targets: Targets,
): Referred {
  const done: Referred = { fields: { ...record.fields }, faults: [], warnings: [], to: [] }
  for (const { key, refers } of register.columns) {
    if (refers === undefined) continue
    const sheet = sheets.get(refers)?.sheet ?? { zh: refers, en: refers }
    const old = itemsOf(before?.fields[key] ?? null)
    const resolve = (text: string): string => {
      const id = targets.find(refers, text)
      if (typeof id === 'string') {
        done.to.push(`${refers} ${id}`)
        return id
      }
      const { wrong } = noSuchText(text, sheet, id === undefined)
      ;(old.includes(text) ? done.warnings : done.faults).push({ key, wrong })
      return text
    }
    const value = done.fields[key] ?? null
    done.fields[key] = Array.isArray(value) ? (value as string[]).map(resolve) : resolvedText(value, resolve)
  }
  return done
}

const itemsOf = (value: FieldValue): string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : []

const resolvedText = (value: FieldValue, resolve: (text: string) => string): FieldValue =>
  typeof value === 'string' ? resolve(value) : value

const noSuchText = (text: string, { zh, en }: Register['sheet'], several: boolean): { wrong: Wrong } => ({
  wrong: noSuch(text, zh, en, several),
})

/** What it refers to is not there because it is refused, or dropped, itself. */
export const leansOn = (id: string, sheet: Register['sheet']): Wrong => ({
  text: {
    zh: `引用的“${shown(id)}”（${sheet.zh}）本次不会保存，或将被删除`,
    en: `refers to "${shown(id)}" (${sheet.en}), which is not saved or is dropped now`,
  },
  remedy: {
    zh: '请先改正那一行，或改引用别的。',
    en: 'Correct that row first, or refer to another.',
  },
})
