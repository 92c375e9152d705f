import { computed, ref } from 'vue'
import type { Trouble } from '../trouble.ts'
import { useClock } from './useClock.ts'

/** Of a refusal that says how long to wait: the seconds that are left, counting down; 0 = try again. */
export function useWait() {
  const now = useClock(undefined, 250)
  const until = ref(0)
  const seconds = computed(() => Math.max(0, Math.ceil((until.value - now.value.getTime()) / 1000)))
  function waitFor(trouble: Trouble | null): void {
    const wait = trouble?.details?.retryAfterS
    now.value = new Date()
    until.value = typeof wait === 'number' ? now.value.getTime() + wait * 1000 : 0
  }
  return { seconds, waitFor }
}
