import { computed, shallowRef, watch, type Ref } from 'vue'
import { personalColumns, type RowPersons } from '../../server/contract/registers/persons.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { Register } from '../../server/contract/registers/register.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { useViewer } from '../stores/viewer.ts'
import { personsToSearch } from './registers/personsText.ts'

/**
 * Names and telephone numbers for a table's search, for those who may see them: fetched once when somebody first
 * searches a register, and again only when one of its rows had them saved since; kept nowhere.
 */
export function usePersonsSearch(register: Ref<Register>, isSearching: Ref<boolean>) {
  const { api } = useDeps()
  const [county, records, viewer] = [useCounty(), useRecords(), useViewer()]
  const may = computed(
    () =>
      viewer.may('readPersons') &&
      (register.value.persons === true || personalColumns(register.value).length > 0),
  )
  const byRow = shallowRef<ReadonlyMap<string, RowPersons>>(new Map())
  /** The register's last save of persons: a later one makes what was fetched old. */
  const lastSave = computed(() => {
    const rows = records.byRegister.get(register.value.key) ?? []
    return rows.reduce((last, row) => Math.max(last, records.entity(keyOf(row))?.personsSaved?.seq ?? 0), 0)
  })
  const wanted = computed(() =>
    may.value && isSearching.value ? `${register.value.key} ${lastSave.value}` : null,
  )

  async function load(): Promise<void> {
    const [asked, { key }] = [wanted.value, register.value]
    if (asked === null || !county.county) return
    // Search goes on without them where they cannot be had.
    const answer = await api.persons(county.county.id, key).catch(() => null)
    if (answer && asked === wanted.value) byRow.value = new Map(answer.persons.map(one => [one.id, one]))
  }
  watch(wanted, (now, before) => now !== null && now !== before && void load(), { immediate: true })
  watch([() => register.value.key, may], () => (byRow.value = new Map()))

  /** What of a row's persons can be searched for; the names apart, for their pinyin. */
  const textOf = computed(() => {
    const all = byRow.value
    return (row: RegisterRecord) => {
      const one = all.get(row.id)
      return one ? personsToSearch(register.value, one) : null
    }
  })
  return { may, textOf }
}
