import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { NotWritable } from '../../server/contract/writable.ts'

export type Connection = 'connecting' | 'live' | 'away'

export const useConnection = defineStore('connection', () => {
  const state = ref<Connection>('connecting')
  /** Until when the picture here is known to be the server's: the moment the line broke. */
  const asOf = ref(new Date().toISOString())
  const away = computed(() => state.value === 'away')
  /** Why the server takes no commands at present. */
  const refusing = shallowRef<NotWritable | null>(null)

  function set(next: Connection, now = new Date()): void {
    if (next === 'away' && state.value !== 'away') asOf.value = now.toISOString()
    state.value = next
  }
  return { state, asOf, away, refusing, set }
})
