import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, effectScope } from 'vue'
import { DEPS, type Deps } from '../deps.ts'
import { useEntry } from '../stores/entry.ts'
import { TroubleError, troubleOfBody } from '../trouble.ts'
import { usePairing } from './usePairing.ts'

const needed = new TroubleError(troubleOfBody({ code: 'sign_in_needed', message: 'x' }))
const slow = new TroubleError(
  troubleOfBody({ code: 'too_many_tries', message: 'x', retryAfterS: 30 } as never),
)

function setUp(statuses: string[], starts: (() => unknown)[] = []) {
  let n = 0
  let paired = false
  const api = {
    me: vi.fn<() => Promise<unknown>>(async () => {
      if (!paired) {
        useEntry().need()
        throw needed
      }
      return { viewer: { id: 'w', name: 'wall', role: 'wall' }, rights: ['read'], administrator: true }
    }),
    startPairing: vi.fn<() => Promise<unknown>>(async () => {
      starts.shift()?.()
      return { id: `p${++n}`, code: `CODE000${n}`, expiresAt: new Date(Date.now() + 120_000).toISOString() }
    }),
    pairing: vi.fn<(id: string) => Promise<unknown>>(async () => {
      const status = statuses.shift() ?? 'pending'
      paired ||= status === 'paired'
      return { status }
    }),
  }
  const app = createApp({}).provide(DEPS, { api } as unknown as Deps)
  const scope = effectScope()
  const wall = app.runWithContext(() => scope.run(usePairing)!)
  return { api, wall, stop: () => scope.stop() }
}

describe('a wall', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('shows a code, a new one when that has expired, and is in when it was entered', async () => {
    const { api, wall, stop } = setUp(['pending', 'expired', 'paired'])
    await wall.enter()
    await vi.advanceTimersByTimeAsync(0)
    expect(wall.pairing.value?.code).toBe('CODE0001')
    expect(wall.seconds.value).toBe(120)
    await vi.advanceTimersByTimeAsync(4000)
    expect(wall.pairing.value?.code).toBe('CODE0002')
    await vi.advanceTimersByTimeAsync(2000)
    expect(useEntry()).toMatchObject({ state: 'open', seenBy: 'w' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(api.pairing).toHaveBeenCalledTimes(3)
    // Its session is ended at a desk: it asks to be paired again.
    useEntry().need()
    await vi.advanceTimersByTimeAsync(0)
    expect(wall.pairing.value?.code).toBe('CODE0003')
    stop()
  })

  it('waits as long as it is told to, and tries again by itself', async () => {
    const refuse = () => {
      throw slow
    }
    const { api, wall, stop } = setUp([], [refuse])
    await wall.enter()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(wall.trouble.value?.code).toBe('too_many_tries')
    expect(api.startPairing).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(wall.trouble.value).toBeNull()
    expect(wall.pairing.value?.code).toBe('CODE0001')
    stop()
  })
})
