import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Text } from '../../server/contract/errors.ts'
import type { Trouble } from '../trouble.ts'

/** One sentence to the person: what, and what to do. The newest replaces the last. */
export const useNotice = defineStore('notice', () => {
  const shown = shallowRef<{ text: Text; remedy?: Text; bad: boolean; id: number } | null>(null)
  let count = 0

  function tell(text: Text): void {
    shown.value = { text, bad: false, id: ++count }
  }
  function complain({ text, remedy }: Trouble): void {
    shown.value = { text, remedy, bad: true, id: ++count }
  }
  function clear(id?: number): void {
    if (id === undefined || shown.value?.id === id) shown.value = null
  }
  return { shown, tell, complain, clear }
})
