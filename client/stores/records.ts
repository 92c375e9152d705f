import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { REGISTERS, registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { Register } from '../../server/contract/registers/register.ts'
import { useCounty } from './county.ts'

/** Registers whose rows the map draws as something else already: teams as teams, places by their names. */
const DRAWN_OTHERWISE = new Set(['teams', 'townships', 'villages'])
/** On the map until someone chooses: what may strike, and where people go. */
const AT_FIRST = [
  'mines',
  'tailingsPonds',
  'hazardSources',
  'geohazardPoints',
  'reservoirs',
  'shelters',
  'stores',
  'hospitals',
]
const KEPT = 'fengtu.registers'

export const isDrawn = (register: Register): boolean =>
  register.symbol !== undefined && !DRAWN_OTHERWISE.has(register.key)

/** Unique over all registers; an id alone is unique within its own. */
export const keyOf = (record: { register: string; id: string }): string => `${record.register}/${record.id}`

/** Rows of every register that name this row, by the key of what they name. */
export function referrersOf(records: readonly RegisterRecord[]): Map<string, RegisterRecord[]> {
  const found = new Map<string, RegisterRecord[]>()
  for (const record of records) {
    const named = new Set<string>()
    for (const column of registerOf(record.register)?.columns ?? []) {
      if (column.refers === undefined) continue
      const value = record.fields[column.key]
      for (const id of Array.isArray(value) ? value : [value])
        if (typeof id === 'string') named.add(`${column.refers}/${id}`)
    }
    for (const key of named) {
      const list = found.get(key)
      if (list) list.push(record)
      else found.set(key, [record])
    }
  }
  return found
}

function keptShown(): Set<string> {
  const kept = globalThis.localStorage?.getItem(KEPT)
  return new Set(kept === null || kept === undefined ? AT_FIRST : kept.split(' '))
}

/** The county's registers: their rows, which are on the map, and the one that is looked at. */
export const useRecords = defineStore('records', () => {
  const county = useCounty()
  const all = computed((): readonly RegisterRecord[] => county.data?.records ?? [])
  const byRegister = computed(() => {
    const rows = new Map<string, RegisterRecord[]>(REGISTERS.map(r => [r.key, []]))
    for (const record of all.value) rows.get(record.register)?.push(record)
    return rows
  })
  const byKey = computed(() => new Map(all.value.map(record => [keyOf(record), record])))
  const referrers = computed(() => referrersOf(all.value))

  const shown = shallowRef<ReadonlySet<string>>(keptShown())
  /** The register whose rows are listed; null = the list of registers. */
  const open = ref<string | null>(null)
  const pickedKey = ref<string | null>(null)
  const picked = computed(() => (pickedKey.value ? (byKey.value.get(pickedKey.value) ?? null) : null))

  function show(keys: readonly string[], on: boolean): void {
    const next = new Set(shown.value)
    for (const key of keys) {
      if (on) next.add(key)
      else next.delete(key)
    }
    shown.value = next
    globalThis.localStorage?.setItem(KEPT, [...next].join(' '))
  }
  const pick = (key: string | null) => void (pickedKey.value = key)

  return { all, byRegister, byKey, referrers, shown, open, picked, pickedKey, show, pick }
})
