import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { DEPS, type Deps } from '../../deps.ts'
import { useCounty } from '../../stores/county.ts'
import { SERVER_AWAY, TroubleError, troubleOfBody } from '../../trouble.ts'
import { useImport } from './useImport.ts'

const file = new File(['x'], '台账.xlsx')
const changed = new TroubleError(troubleOfBody({ code: 'record_changed', message: 'x' }))

const SHARES = [null, 0.25]

function setUp(apply: (() => Promise<{ seq: number }>)[] = []) {
  let [keys, asked] = [0, 0]
  const api = {
    previewFile: vi.fn<(...a: unknown[]) => Promise<unknown>>(async () => ({ id: `preview${++keys}` })),
    importProgress: vi.fn<(...a: unknown[]) => Promise<unknown>>(async () => ({
      share: SHARES[asked++],
      limitS: 120,
    })),
    applyFile: vi.fn<(...a: unknown[]) => Promise<{ seq: number }>>(
      async () => (await apply.shift()?.()) ?? { seq: 7 },
    ),
  }
  useCounty().data = { county: { id: 'c' } } as never
  let ids = 0
  const deps = { api, newId: () => `key${++ids}` } as unknown as Deps
  return { api, work: createApp({}).provide(DEPS, deps).runWithContext(useImport) }
}
const shown = (work: ReturnType<typeof useImport>) => vi.waitFor(() => expect(work.phase.value).toBe('shown'))

describe('an import', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('is previewed when a file is chosen, and applied only when that is said', async () => {
    const { api, work } = setUp()
    work.take(file)
    await shown(work)
    const [room, sent, as] = api.previewFile.mock.calls[0]!
    expect([room, sent, as]).toMatchObject([
      'c',
      file,
      { datum: 'wgs84', blanks: 'keep', dropMissing: false },
    ])
    expect(api.applyFile).not.toHaveBeenCalled()
    await work.apply()
    expect(api.applyFile).toHaveBeenCalledWith('c', 'preview1', 'key2')
    expect([work.phase.value, work.seq.value]).toEqual(['done', 7])
  })

  it('whose answer was lost is sent again under its own key', async () => {
    const { api, work } = setUp([() => Promise.reject(new TroubleError(SERVER_AWAY))])
    work.take(file)
    await shown(work)
    await work.apply()
    expect(work.trouble.value).toBe(SERVER_AWAY)
    expect(work.outrun.value).toBe(false)
    await work.apply()
    expect(api.applyFile.mock.calls.map(([, , key]) => key)).toEqual(['key2', 'key2'])
  })

  it('that the registers have outrun is previewed again, under another key', async () => {
    const { api, work } = setUp([() => Promise.reject(changed)])
    work.take(file)
    await shown(work)
    await work.apply()
    expect(work.outrun.value).toBe(true)
    void work.read()
    await shown(work)
    expect(work.outrun.value).toBe(false)
    await work.apply()
    expect(api.applyFile).toHaveBeenLastCalledWith('c', 'preview2', 'key4')
  })

  it('tells how far the server is, under a name of its own, until it has answered', async () => {
    vi.useFakeTimers()
    const { api, work } = setUp()
    const answers: ((made: unknown) => void)[] = []
    api.previewFile.mockImplementation((...sent) => {
      const on = sent[3] as { sent(share: number): void }
      on.sent(1)
      return new Promise(resolve => answers.push(resolve))
    })
    work.take(file)
    expect([work.phase.value, work.reading.value]).toEqual(['reading', null])
    await vi.advanceTimersByTimeAsync(700)
    expect(work.reading.value).toEqual({ share: null, limitS: 120 })
    await vi.advanceTimersByTimeAsync(700)
    expect(work.reading.value?.share).toBe(0.25)
    const [, , , on] = api.previewFile.mock.calls[0] as [unknown, unknown, unknown, { watch: string }]
    expect(api.importProgress).toHaveBeenLastCalledWith('c', on.watch)
    answers[0]!({ id: 'p' })
    await vi.advanceTimersByTimeAsync(7000)
    expect([work.phase.value, api.importProgress.mock.calls.length]).toEqual(['shown', 2])
    vi.useRealTimers()
  })

  it('keeps the answer of the file chosen last', async () => {
    const { api, work } = setUp()
    const answers: ((made: unknown) => void)[] = []
    api.previewFile.mockImplementation(() => new Promise(resolve => answers.push(resolve)))
    work.take(file)
    work.readAs('gcj02')
    answers[1]!({ id: 'second' })
    await shown(work)
    answers[0]!({ id: 'first' })
    await Promise.resolve()
    expect(work.preview.value?.id).toBe('second')
    expect(work.shownAs.value?.datum).toBe('gcj02')
  })
})
