import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { pageOf, usePage } from './page.ts'

describe('the page', () => {
  beforeEach(() => {
    history.replaceState(null, '', '/?county=qingling')
    setActivePinia(createPinia())
  })
  it('is what the address names; anything else is the desk', () => {
    expect(['/', '/accounts', '/accounts/', '/wall', '/elsewhere'].map(pageOf)).toEqual([
      'desk',
      'accounts',
      'accounts',
      'wall',
      'desk',
    ])
  })
  it('goes to another and keeps the county; no secret stays behind in the address', () => {
    const page = usePage()
    page.go('accounts')
    expect(location.pathname + location.search).toBe('/accounts?county=qingling')
    expect(page.at).toBe('accounts')
    history.replaceState(null, '', '/setup?county=qingling#secret')
    page.go('desk', 'replace')
    expect(location.href).not.toContain('secret')
  })
})
