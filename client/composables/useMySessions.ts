import { ref, shallowRef } from 'vue'
import type { Session } from '../../server/contract/accounts.ts'
import { useDeps } from '../deps.ts'
import { troubleOf, type Trouble } from '../trouble.ts'

/** Where one is signed in oneself. */
export function useMySessions() {
  const { api } = useDeps()
  const list = shallowRef<readonly Session[] | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const busy = ref(false)
  async function load(): Promise<void> {
    try {
      list.value = (await api.sessions('mine')).sessions
      trouble.value = null
    } catch (error) {
      trouble.value = troubleOf(error)
    }
  }
  async function end(id: string): Promise<void> {
    busy.value = true
    try {
      await api.endSession(id)
      await load()
    } catch (error) {
      trouble.value = troubleOf(error)
    }
    busy.value = false
  }
  void load()
  return { list, trouble, busy, end }
}
