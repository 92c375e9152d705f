import { defineStore } from 'pinia'
import { ref } from 'vue'

/** `asking` = not known yet; `needed` = the server wants a session that this browser has not, or no more. */
export type Entry = 'asking' | 'open' | 'needed'

/** Whether the server lets this page in. */
export const useEntry = defineStore('entry', () => {
  const state = ref<Entry>('asking')
  /** Whose eyes what lies in memory is for: an account, `guest`, or nobody yet. */
  const seenBy = ref<string | null>(null)
  const name = ref('')
  /** How often it was let in: the stream of a session that ended is followed anew. */
  const times = ref(0)
  const need = () => void (state.value = 'needed')
  function open(viewer: { id: string; name: string }): void {
    seenBy.value = viewer.id
    name.value = viewer.name
    state.value = 'open'
    times.value++
  }
  return { state, seenBy, name, times, need, open }
})
