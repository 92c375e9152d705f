import { registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useDeps } from '../deps.ts'
import { useDraft, type Draft } from '../stores/draft.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { emptyRecord, nextId, textsOf } from './registers/draftTexts.ts'
import { useWords } from './useWords.ts'

/** Opens the form: on a row, on its position alone, or on a new row. One that holds unsaved changes asks first. */
export function useBeginDraft() {
  const { now } = useDeps()
  const [draft, records] = [useDraft(), useRecords()]
  const { words } = useWords()

  function open(record: RegisterRecord, part: Draft['part']): boolean {
    const register = registerOf(record.register)
    const rev = records.entity(keyOf(record))?.rev
    if (!register || rev === undefined) return false
    if (draft.key === keyOf(record) && draft.open?.part === part) return true
    if (draft.open && !draft.leave()) return false
    draft.begin({ register: record.register, before: record, rev, part }, textsOf(register, record))
    records.pick(keyOf(record))
    return true
  }
  function add(key: string): void {
    const register = registerOf(key)
    if (!register || (draft.open && !draft.leave())) return
    const rows = records.byRegister.get(key) ?? []
    const before = emptyRecord(register, nextId(rows.map(row => row.id)))
    const asOf = words.value.day(now().toISOString())
    draft.begin({ register: key, before, rev: null, part: 'all' }, { ...textsOf(register, before), asOf })
    records.pick(null)
  }
  return {
    edit: (record: RegisterRecord) => open(record, 'all'),
    place: (record: RegisterRecord) => open(record, 'place'),
    add,
  }
}
