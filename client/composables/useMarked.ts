import { onScopeDispose, shallowRef, watch } from 'vue'
import { registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { keyOf } from '../stores/records.ts'
import { differing } from './registers/versions.ts'

const MARKED_MS = 10_000

/** What of a row has just changed, for ten seconds: its parts' keys. */
export function useMarked(record: () => RegisterRecord) {
  const marked = shallowRef<ReadonlySet<string>>(new Set())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(record, (now, before) => {
    const register = registerOf(now.register)
    if (!register || keyOf(now) !== keyOf(before)) return
    marked.value = new Set(differing(register, before, now).map(part => part.key))
    clearTimeout(timer)
    timer = setTimeout(() => (marked.value = new Set()), MARKED_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return marked
}
