import { useRecords } from '../stores/records.ts'
import { useWords } from './useWords.ts'

/** What a row is called, by its `register/id`; its id where it is not there. */
export function useRowNames() {
  const records = useRecords()
  const { nameOf } = useWords()
  const nameOfKey = (key: string): string => {
    const found = records.byKey.get(key)
    return found ? nameOf.value(found) : key.slice(key.indexOf('/') + 1)
  }
  return { nameOfKey }
}
