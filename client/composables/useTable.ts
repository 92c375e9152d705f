import { computed, reactive, watch, type Ref } from 'vue'
import { registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useRecords } from '../stores/records.ts'
import {
  columnsOf,
  filterColumns,
  hasChoices,
  inPart,
  matches,
  sorted,
  textToSearch,
  wordsOf,
  type Reading,
  type RowPart,
  type RowQuestion,
} from './registers/rows.ts'
import { namesPerson } from './registers/personsText.ts'
import { useFresh } from './useFresh.ts'
import { usePersonsSearch } from './usePersonsSearch.ts'
import { usePinyin } from './usePinyin.ts'
import { useRowNames } from './useRowNames.ts'
import { useWords } from './useWords.ts'

const nothing = (): RowQuestion => ({ words: '', part: 'all', choices: {}, sort: null })

/** The rows of a register as a table asks for them: searched, filtered, sorted. */
export function useTable(key: Ref<string>) {
  const records = useRecords()
  const { lang, nameOf } = useWords()
  const { staleOf } = useFresh()
  const { nameOfKey } = useRowNames()
  const pinyin = usePinyin()

  const asked = reactive(nothing())
  const reset = () => Object.assign(asked, nothing())
  watch(key, reset)

  const register = computed(() => registerOf(key.value)!)
  const columns = computed(() => columnsOf(register.value, lang.value))
  const filters = computed(() => filterColumns(register.value))
  const by = computed((): Reading => {
    return { lang: lang.value, nameOf: nameOf.value, nameOfKey, isStale: staleOf }
  })
  const all = computed(() => records.byRegister.get(key.value) ?? [])

  /** A row's text is made once for as long as nobody changes it. */
  const texts = computed(() => {
    const [seen, table, reading] = [new WeakMap<RegisterRecord, string>(), columns.value, by.value]
    return (row: RegisterRecord): string => {
      let text = seen.get(row)
      if (text === undefined) seen.set(row, (text = textToSearch(table, row, reading)))
      return text
    }
  })
  const words = computed(() => wordsOf(asked.words))
  const isLatin = computed(() => words.value.some(word => /^[a-z]+$/.test(word)))
  watch(isLatin, latin => latin && void pinyin.load())

  const persons = usePersonsSearch(
    register,
    computed(() => words.value.length > 0),
  )
  /** Whether every word is somewhere in the row, or beside it for those who may see that. */
  const found = computed(() => {
    const [list, textOf, personsOf] = [words.value, texts.value, persons.textOf.value]
    const pinyinOf = (name: string): string => (isLatin.value ? pinyin.of(name) : '')
    return (row: RegisterRecord): boolean => {
      const [text, own, beside] = [textOf(row), pinyinOf(row.name), personsOf(row)]
      if (!beside) return matches(list, text, own)
      const names = beside.names.map(pinyinOf).join('\n')
      return list.every(word => matches([word], text, own) || namesPerson(word, beside, names))
    }
  })

  const filtered = computed(() => {
    const reading = by.value
    const rows = all.value.filter(
      row =>
        inPart(row, asked.part, register.value, reading) &&
        hasChoices(row, asked.choices) &&
        (words.value.length === 0 || found.value(row)),
    )
    return rows
  })
  const rows = computed(() => {
    const column = columns.value.find(c => c.key === asked.sort?.key)
    return column ? sorted(filtered.value, column, asked.sort!.down, by.value) : filtered.value
  })
  const counts = computed((): Record<RowPart, number> => {
    const count = (part: RowPart) => all.value.filter(r => inPart(r, part, register.value, by.value)).length
    return { all: all.value.length, unplaced: count('unplaced'), stale: count('stale') }
  })
  /** Up, then down, then as the register has them. */
  function sortBy(column: string): void {
    if (asked.sort?.key !== column) asked.sort = { key: column, down: false }
    else asked.sort = asked.sort.down ? null : { key: column, down: true }
  }
  function choose(column: string, value: string | null): void {
    const { [column]: _, ...others } = asked.choices
    asked.choices = value === null ? others : { ...others, [column]: value }
  }
  const isFiltered = computed(
    () => words.value.length > 0 || asked.part !== 'all' || Object.keys(asked.choices).length > 0,
  )
  return {
    asked,
    reset,
    register,
    columns,
    filters,
    by,
    all,
    rows,
    counts,
    sortBy,
    choose,
    isFiltered,
    mayPersons: persons.may,
  }
}
