import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import type { Deps } from '../deps.ts'
import { Superseded } from '../engine/client.ts'
import { useAnswer } from '../stores/answer.ts'
import { useCounty } from '../stores/county.ts'
import { useSelection } from '../stores/selection.ts'
import { useSituation } from '../stores/situation.ts'
import { TroubleError } from '../trouble.ts'
import { useAnswers } from './useAnswers.ts'

const settle = async () => {
  for (let i = 0; i < 5; i++) await nextTick()
}
function setUp(point: (q: { at: number[] }) => Promise<unknown> = async q => ({ at: q.at })) {
  const asked: string[] = []
  const engine = {
    call: vi.fn<(name: string, input: unknown) => Promise<unknown>>(async (name, input) => {
      asked.push(`${name} ${(input as unknown[]).length}`)
      return { type: 'FeatureCollection', features: [] }
    }),
    latest: async (name: string, q: { at: number[] }) => {
      asked.push(name)
      return name === 'point' ? point(q) : { circles: { features: [], outside: [] }, outsideBefore: null }
    },
  }
  const scope = effectScope()
  scope.run(() => useAnswers({ engine, now: () => new Date(0) } as unknown as Deps))
  return { asked, end: () => scope.stop() }
}

describe('useAnswers', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('asks nothing before the roads are here, then all that is wanted', async () => {
    const { asked, end } = setUp()
    useSelection().setPoint([1, 2])
    await settle()
    expect(asked).toEqual([])
    useCounty().computing = true
    await settle()
    expect(asked).toEqual(['setClosures 0', 'point'])
    expect(useAnswer().point).toMatchObject({ at: [1, 2] })
    end()
  })

  it('asks again when the point moves, the profile or a closure changes, and forgets with the point', async () => {
    const { asked, end } = setUp()
    useCounty().computing = true
    await settle()
    const selection = useSelection()
    selection.setPoint([1, 2])
    await settle()
    selection.profile = 'foot'
    await settle()
    selection.coverage = true
    await settle()
    asked.length = 0
    useSituation().closeHere({ id: 'x', feature: {} as never, closedAt: '', closedBy: '', local: true })
    await settle()
    expect(asked).toEqual(['setClosures 1', 'point', 'coverage'])
    selection.setPoint(null)
    await settle()
    expect(useAnswer().point).toBeNull()
    end()
  })

  it('shows why there is no answer, but not for a question that was overtaken', async () => {
    const trouble = { code: 'off_network', text: { zh: '离路太远', en: 'too far' } }
    let error: Error = new TroubleError(trouble)
    const { end } = setUp(() => Promise.reject(error))
    useCounty().computing = true
    useSelection().setPoint([1, 2])
    await settle()
    expect(useAnswer().trouble).toEqual(trouble)
    useAnswer().trouble = null
    error = new Superseded()
    useSelection().setPoint([1, 3])
    await settle()
    expect(useAnswer().trouble).toBeNull()
    end()
  })
})
