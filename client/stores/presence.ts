import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Present } from '../../server/contract/presence.ts'

/** Who follows the situation now, this screen included; empty where the server does not tell. */
export const usePresence = defineStore('presence', () => {
  const present = shallowRef<readonly Present[]>([])
  const set = (next: readonly Present[]) => void (present.value = next)
  return { present, set }
})
