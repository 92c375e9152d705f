import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Viewer } from '../../server/contract/viewer.ts'

/** `asking` = not known yet; `needed` = the server wants a session that this browser has not, or no more. */
export type Entry = 'asking' | 'open' | 'needed'

export const eyesOf = ({ id, role, team, township }: Viewer): string =>
  JSON.stringify([id, role, team, township])

/** Whether the server lets this page in. */
export const useEntry = defineStore('entry', () => {
  const state = ref<Entry>('asking')
  /** Whose eyes what lies in memory is for: an account, `guest`, or nobody yet. */
  const seenBy = ref<string | null>(null)
  /** The same text for whoever sees the same. */
  const eyes = ref('')
  const name = ref('')
  /** How often it was let in: the stream of a session that ended is followed anew. */
  const times = ref(0)
  const need = () => void (state.value = 'needed')
  function open(viewer: Viewer): void {
    seenBy.value = viewer.id
    eyes.value = eyesOf(viewer)
    name.value = viewer.name
    state.value = 'open'
    times.value++
  }
  return { state, seenBy, eyes, name, times, need, open }
})
