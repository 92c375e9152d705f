import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { REGISTERS, registerOf } from '../../server/contract/registers/index.ts'
import type { Entity } from '../../server/contract/change.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { Register } from '../../server/contract/registers/register.ts'
import { recordOf } from '../../server/contract/registers/entity.ts'
import type { RecordEntity } from '../../server/contract/registers/entity.ts'
import { useWorld } from './world.ts'

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

type Held = ReadonlyMap<string, Entity>
const [rowsByMap, rowByEntity] = [
  new WeakMap<Held, RegisterRecord[]>(),
  new WeakMap<Entity, RegisterRecord>(),
]

/** A register's rows; the same row is the same object as long as nobody changes it. */
function rowsOf(held: Held | undefined): RegisterRecord[] {
  if (!held) return []
  let rows = rowsByMap.get(held)
  if (!rows) {
    rows = [...held.values()].map(entity => {
      let row = rowByEntity.get(entity)
      if (!row) rowByEntity.set(entity, (row = recordOf(entity as RecordEntity)))
      return row
    })
    rowsByMap.set(held, rows)
  }
  return rows
}

/** The county's registers: their rows, which are on the map, and the one that is looked at. */
export const useRecords = defineStore('records', () => {
  const world = useWorld()
  const byRegister = computed(
    () => new Map(REGISTERS.map(({ key }) => [key, rowsOf(world.world?.kinds.get(key))])),
  )
  const all = computed(() => [...byRegister.value.values()].flat())
  const byKey = computed(() => new Map(all.value.map(record => [keyOf(record), record])))
  const referrers = computed(() => referrersOf(all.value))

  const shown = shallowRef<ReadonlySet<string>>(keptShown())
  /** The register whose rows are listed; null = the list of registers. */
  const open = ref<string | null>(null)
  const pickedKey = ref<string | null>(null)
  /** The row as the world holds it, with its revision. */
  const entity = (key: string): RecordEntity | undefined => {
    const [register, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)]
    return world.world?.kinds.get(register)?.get(id) as RecordEntity | undefined
  }
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

  return { all, byRegister, byKey, entity, referrers, shown, open, picked, pickedKey, show, pick }
})
