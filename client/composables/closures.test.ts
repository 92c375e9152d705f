import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { DEPS, type Deps } from '../deps.ts'
import { useConnection } from '../stores/connection.ts'
import { useCounty } from '../stores/county.ts'
import { useNotice } from '../stores/notice.ts'
import { useSituation } from '../stores/situation.ts'
import { SERVER_AWAY, TroubleError } from '../trouble.ts'
import { useClosures } from './useClosures.ts'

const feature = { type: 'Feature', geometry: null, properties: { kind: 'flood' as const, way: 7 } } as const

function setUp(more: { close?: () => Promise<{ seq: number }>; check?: () => Promise<unknown> } = {}) {
  const api = {
    close: vi.fn<(id: string, body: unknown) => Promise<{ seq: number }>>(
      more.close ?? (async () => ({ seq: 1 })),
    ),
    open: vi.fn<() => Promise<{ seq: number }>>(async () => ({ seq: 2 })),
  }
  const engine = { call: more.check ?? (async () => ({ edges: 3 })) }
  const deps = { api, engine, now: () => new Date(0), newId: () => 'new' } as unknown as Deps
  useCounty().data = { county: { id: 'c' } } as never
  const app = createApp({}).provide(DEPS, deps)
  return { api, closures: app.runWithContext(useClosures) }
}

describe('useClosures', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('sends a closing to the server and waits for its change', async () => {
    const { api, closures } = setUp()
    expect(await closures.close(feature)).toBe(true)
    expect(api.close).toHaveBeenCalledWith('c', { key: 'new', id: 'new', feature })
    expect(useSituation().pendingIds.has('new')).toBe(true)
    expect(useSituation().all).toHaveLength(0)
  })

  it('takes a refused closing back and says why', async () => {
    const { closures } = setUp({ close: () => Promise.reject(new TroubleError(SERVER_AWAY)) })
    expect(await closures.close(feature)).toBe(false)
    expect(useSituation().pending).toHaveLength(0)
    expect(useNotice().shown).toMatchObject({ bad: true, text: SERVER_AWAY.text })
  })

  it('shuts nothing that shuts no road', async () => {
    const trouble = { code: 'shuts_nothing', text: { zh: '没有道路', en: 'no road' } }
    const { api, closures } = setUp({ check: () => Promise.reject(new TroubleError(trouble)) })
    expect(await closures.close(feature)).toBe(false)
    expect(api.close).not.toHaveBeenCalled()
  })

  it('with the server away closes here alone, and hands it over when told', async () => {
    const { api, closures } = setUp()
    const [connection, situation] = [useConnection(), useSituation()]
    connection.set('away')
    await closures.close(feature)
    expect(api.close).not.toHaveBeenCalled()
    expect(situation.all).toMatchObject([{ id: 'new', local: true }])
    connection.set('live')
    await closures.adopt('new')
    expect(api.close).toHaveBeenCalledTimes(1)
    expect(situation.local).toHaveLength(0)
  })

  it('opens a what-if without asking anyone', async () => {
    const { api, closures } = setUp()
    useConnection().set('away')
    await closures.close(feature)
    await closures.open('new')
    expect(api.open).not.toHaveBeenCalled()
    expect(useSituation().all).toHaveLength(0)
  })
})
