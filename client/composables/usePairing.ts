import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { Pairing } from '../../server/contract/accounts.ts'
import { useDeps } from '../deps.ts'
import { useEntry } from '../stores/entry.ts'
import { troubleOf, type Trouble } from '../trouble.ts'
import { useClock } from './useClock.ts'
import { useSession } from './useSession.ts'

const POLL_MS = 2000
const RETRY_MS = 5000
/** A code is good for so long; a wall whose clock is wrong must not say otherwise. */
const GOOD_FOR_S = 120

/** A wall's way in: it shows a code until somebody has entered it at a desk, and again when its session has ended. */
export function usePairing() {
  const { api } = useDeps()
  const { look } = useSession()
  const entry = useEntry()
  const now = useClock()
  const pairing = shallowRef<Pairing | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  const seconds = computed(() =>
    pairing.value
      ? Math.min(
          GOOD_FOR_S,
          Math.max(0, Math.ceil((Date.parse(pairing.value.expiresAt) - now.value.getTime()) / 1000)),
        )
      : 0,
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = (step: () => Promise<void>, ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void step(), ms)
  }
  onScopeDispose(() => clearTimeout(timer))

  /** Whatever goes wrong is said and tried again: nobody stands at a wall. */
  const patiently = (step: () => Promise<void>) => async (): Promise<void> => {
    try {
      await step()
      trouble.value = null
    } catch (error) {
      trouble.value = troubleOf(error)
      const wait = trouble.value.details?.retryAfterS
      next(patiently(step), typeof wait === 'number' ? wait * 1000 : RETRY_MS)
    }
  }
  const start = patiently(async () => {
    pairing.value = await api.startPairing()
    next(poll, POLL_MS)
  })
  const poll = patiently(async () => {
    const { status } = await api.pairing(pairing.value!.id)
    if (status === 'pending') return next(poll, POLL_MS)
    pairing.value = null
    return status === 'paired' ? enter() : start()
  })
  const enter = async (): Promise<void> => {
    const said = await look()
    if (!said || said.code === 'sign_in_needed') return
    trouble.value = said
    next(enter, RETRY_MS)
  }

  watch(
    () => entry.state,
    state => state === 'needed' && !pairing.value && void start(),
    { immediate: true },
  )
  return { pairing, seconds, trouble, enter }
}
