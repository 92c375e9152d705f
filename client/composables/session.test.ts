import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import type { Me } from '../../server/contract/accounts.ts'
import { DEPS, type Deps } from '../deps.ts'
import { useEntry } from '../stores/entry.ts'
import { useViewer } from '../stores/viewer.ts'
import { SERVER_AWAY, TroubleError, troubleOfBody } from '../trouble.ts'
import { useSession } from './useSession.ts'

const me = (id: string): Me => ({
  viewer: { id, name: id, role: 'duty' },
  rights: ['read', 'editRecords'],
  administrator: true,
})
function setUp(api: object) {
  const app = createApp({}).provide(DEPS, { api } as unknown as Deps)
  return app.runWithContext(useSession)
}

describe('coming in', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('opens the page for who signed in', async () => {
    const { signIn } = setUp({ signIn: async () => me('li') })
    expect(await signIn('li', 'x')).toBeNull()
    expect(useEntry()).toMatchObject({ state: 'open', seenBy: 'li', times: 1 })
    expect(useViewer().may('editRecords')).toBe(true)
  })

  it('begins anew when another person signs in over what the one before saw', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {})
    const session = setUp({ signIn: async (username: string) => me(username) })
    await session.signIn('li', 'x')
    await session.signIn('li', 'x')
    expect(reload).not.toHaveBeenCalled()
    await session.signIn('wang', 'x')
    expect(reload).toHaveBeenCalledOnce()
    reload.mockRestore()
  })

  it('hands a refusal over and lets nobody in', async () => {
    const refused = troubleOfBody({ code: 'wrong_password', message: '用户名或密码不对' })
    const { signIn } = setUp({ signIn: () => Promise.reject(new TroubleError(refused)) })
    expect(await signIn('li', 'x')).toBe(refused)
    expect(useEntry().state).toBe('asking')
  })

  it('shows the desk where the server is away, for it says so itself; not where a session is wanted', async () => {
    const away = setUp({ me: () => Promise.reject(new TroubleError(SERVER_AWAY)) })
    await away.look()
    expect(useEntry()).toMatchObject({ state: 'open', seenBy: null })
    setActivePinia(createPinia())
    const needed = troubleOfBody({ code: 'sign_in_needed', message: '请先登录' })
    await setUp({ me: () => Promise.reject(new TroubleError(needed)) }).look()
    expect(useEntry().state).not.toBe('open')
  })
})
