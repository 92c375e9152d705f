import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import type { Account } from '../../../server/contract/accounts.ts'
import { agentName } from '../../composables/agentName.ts'
import { standingOf } from './standing.ts'
import { usePatch } from './usePatch.ts'

const person: Account = {
  id: 'u1',
  kind: 'person',
  username: 'li',
  name: '李值班',
  role: 'field',
  team: 'D2',
  township: null,
  incident: null,
  disabled: false,
  createdAt: '2026-07-01T00:00:00.000Z',
  expiresAt: null,
  sessions: 0,
}

describe('usePatch', () => {
  it('is what differs, and nothing where nothing does', () => {
    const { form, patch } = usePatch(() => person)
    expect(patch.value).toBeNull()
    form.name = '李工'
    form.township = 'T1'
    expect(patch.value).toEqual({ name: '李工', township: 'T1' })
  })
  it('takes the team off who is no longer in the field', () => {
    const { form, patch } = usePatch(() => person)
    form.role = 'duty'
    expect(patch.value).toEqual({ role: 'duty', team: null })
  })
  it('of a wall is its name alone', () => {
    const { form, patch } = usePatch(() => ({ ...person, kind: 'wall', role: 'wall', team: null }))
    form.name = '主屏'
    expect(patch.value).toEqual({ name: '主屏' })
  })
  it('keeps what is being typed while the table is read again, until the account itself is another', async () => {
    const account = ref(person)
    const { form, patch } = usePatch(() => account.value)
    form.name = '李工'
    account.value = { ...person, sessions: 3 }
    await nextTick()
    expect(form.name).toBe('李工')
    account.value = { ...person, name: '李工' }
    await nextTick()
    expect(patch.value).toBeNull()
  })
})

describe('how an account stands', () => {
  it('is disabled, over, or in use', () => {
    const now = new Date('2026-07-02T00:00:00Z')
    const at = (disabled: boolean, expiresAt: string | null) => standingOf({ disabled, expiresAt }, now)
    expect(at(true, null)).toBe('off')
    expect(at(false, '2026-07-01T00:00:00Z')).toBe('over')
    expect(at(false, '2026-07-03T00:00:00Z')).toBe('on')
    expect(at(false, null)).toBe('on')
  })
})

describe('agentName', () => {
  it('names the browser that only calls itself another too', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0'
    expect(agentName(edge)).toBe('Edge Windows')
    expect(agentName('Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0')).toBe('微信 WeChat Android')
    expect(agentName('QGIS/3.34')).toBe('QGIS/3.34')
    expect(agentName('')).toBe('—')
  })
})
