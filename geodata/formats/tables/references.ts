import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { shown } from '../../../server/contract/registers/check-text.ts'
import type { Fault } from './faults.ts'
import { wrong } from './values.ts'

/** A record with the place of each of its cells, so that a later doubt can name them. */
export interface Placed {
  record: RegisterRecord
  where(key: string): Fault['where']
}

/**
 * People write a thing's name where its id is asked for: the name of exactly one becomes its id. Where the other
 * register is not in the folder, what stands there is kept as it is.
 */
export function resolveReferences(
  registers: readonly Register[],
  rows: readonly Placed[],
  faults: Fault[],
): void {
  const targets = targetsOf(rows)
  const byKey = new Map(registers.map(register => [register.key, register]))
  for (const { record, where } of rows) {
    for (const { key, refers } of byKey.get(record.register)?.columns ?? []) {
      const target = refers === undefined ? undefined : targets.get(refers)
      if (!target) continue
      const resolve = (text: string): string => {
        if (target.ids.has(text)) return text
        const id = target.names.get(text)
        if (typeof id === 'string') return id
        const sheet = byKey.get(refers!)?.sheet ?? { zh: refers!, en: refers! }
        faults.push({ where: where(key), ...noSuch(text, sheet.zh, sheet.en, id === null) })
        return text
      }
      record.fields[key] = resolved(record.fields[key], resolve)
    }
  }
}

export function resolved(value: FieldValue, resolve: (text: string) => string): FieldValue {
  if (typeof value === 'string') return resolve(value)
  if (!Array.isArray(value)) return value
  return (value as unknown[]).every(item => typeof item === 'string')
    ? (value as string[]).map(resolve)
    : value
}

interface Target {
  ids: Set<string>
  /** Null where several have the name. */
  names: Map<string, string | null>
}

function targetsOf(rows: readonly Placed[]): Map<string, Target> {
  const targets = new Map<string, Target>()
  for (const { record } of rows) {
    let target = targets.get(record.register)
    if (!target) targets.set(record.register, (target = { ids: new Set(), names: new Map() }))
    target.ids.add(record.id)
    target.names.set(record.name, target.names.has(record.name) ? null : record.id)
  }
  return targets
}

export function noSuch(text: string, zh: string, en: string, several: boolean) {
  return several
    ? wrong(
        `“${shown(text)}”在“${zh}”中不止一个`,
        `"${shown(text)}" names several in "${en}"`,
        `请写“${zh}”中的编号。`,
        `Put the id that it has in "${en}".`,
      ).wrong
    : wrong(
        `“${shown(text)}”不在“${zh}”中`,
        `"${shown(text)}" is not in "${en}"`,
        `请写“${zh}”中已有的编号或名称；不知道就留空。`,
        `Put an id or a name that "${en}" has; leave it blank where unknown.`,
      ).wrong
}
