import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { registerOf } from '../../server/contract/registers/index.ts'
import { personalColumns, type RowPersons } from '../../server/contract/registers/persons.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { useViewer } from '../stores/viewer.ts'
import { troubleOf, type Trouble } from '../trouble.ts'

/** Names and telephone numbers beside a row: fetched when looked at, kept nowhere, saved apart from the row. */
export function useRecordPersons(record: Ref<RegisterRecord>) {
  const { api, newId } = useDeps()
  const [county, records, viewer] = [useCounty(), useRecords(), useViewer()]
  const kept = shallowRef<RowPersons | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const loading = ref(false)
  /** Of which row `kept` is: nobody edits what has not come yet. */
  const loaded = ref<string | null>(null)
  const isLoaded = computed(() => loaded.value === keyOf(record.value))
  const may = computed(() => viewer.may('readPersons'))
  const register = computed(() => registerOf(record.value.register))
  const columns = computed(() => (register.value ? personalColumns(register.value) : []))
  /** Changes when somebody saves them anywhere. */
  const savedBy = computed(() => records.entity(keyOf(record.value))?.personsSaved?.seq ?? null)
  let asked = 0

  async function load(): Promise<void> {
    if (!may.value || !register.value) return
    const mine = ++asked
    loading.value = true
    try {
      const { persons } = await api.persons(county.county!.id, record.value.register, record.value.id)
      if (mine !== asked) return
      ;[kept.value, trouble.value] = [persons[0] ?? null, null]
      loaded.value = keyOf(record.value)
    } catch (error) {
      if (mine === asked) trouble.value = troubleOf(error)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  /** @returns whether it is saved; else `trouble` says why not */
  async function change(
    send: (room: string, register: string, id: string) => Promise<unknown>,
  ): Promise<boolean> {
    const { register: key, id } = record.value
    try {
      await send(county.county!.id, key, id)
      await load()
      return trouble.value === null
    } catch (error) {
      const said = troubleOf(error)
      trouble.value = said
      // Somebody was first: what stands there now came with the refusal.
      if (said.code === 'record_changed' && said.details?.current)
        kept.value = said.details.current as RowPersons
      return false
    }
  }
  /** @param ifRev what `kept` had when the edit began, or when the newer values were looked at */
  const save = (
    ifRev: number | null,
    body: { name?: string; fields: Record<string, string | null> },
  ): Promise<boolean> =>
    change((room, key, id) => api.savePersons(room, key, id, { key: newId(), ifRev, ...body }))
  const erase = (ifRev: number | null): Promise<boolean> =>
    change((room, key, id) => api.erasePersons(room, key, id, ifRev))

  watch([() => keyOf(record.value), savedBy, may], load, { immediate: true })
  return { kept, columns, register, may, loading, isLoaded, trouble, save, erase }
}
