import { afterEach, describe, expect, test, vi } from 'vitest'
import { startWorker } from '../db/thread.ts'
import { createCompute } from './compute.ts'
import type { Compute, ComputeDeps } from './compute.ts'

const module = new URL('./compute.fixture.worker.ts', import.meta.url)
const pools: Compute[] = []
afterEach(() => Promise.all(pools.splice(0).map(p => p.close())))

function county(id: string, nodes: number) {
  const graph = new SharedArrayBuffer(8)
  new Uint8Array(graph).set([nodes, 5])
  return { id, graph, settlements: [], teams: [], bbox: [0, 0, 1, 1] as [number, number, number, number] }
}
function pool(more: Partial<ComputeDeps> = {}): Compute {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const compute = createCompute({ startWorker: () => startWorker(module), threads: 2, ...more })
  pools.push(compute)
  compute.load(county('vale', 3))
  return compute
}
const json = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))
const closure = (id: string) => ({ id, feature: { geometry: null, properties: { kind: 'other' as const } } })
const state = async (compute: Compute, id = 'vale') => json(await compute.call(id, 'closedRoads', id))
const any = {} as never

describe('computing threads', () => {
  test('answer with the closures that were in force when they were asked, whichever answers', async () => {
    const compute = pool()
    const asked = []
    for (let i = 0; i < 50; i++) {
      compute.setClosures('vale', 'vale', [closure(`c${i}`)])
      asked.push(state(compute))
    }
    const answers = await Promise.all(asked)
    // Requests queue: a later closure may be in force already, an earlier one never again.
    answers.forEach((a, i) => expect(Number(a.ids[0].slice(1))).toBeGreaterThanOrEqual(i))
    expect(await state(compute)).toEqual({ nodes: 3, ids: ['c49'] })
  })

  test('take a new import over, and give the closures back to a county that was gone', async () => {
    const compute = pool()
    expect(await compute.size('vale')).toEqual({ nodes: 3, arcs: 5 })
    compute.setClosures('vale', 'vale', [closure('a')])
    compute.load(county('vale', 9))
    expect(await state(compute)).toEqual({ nodes: 9, ids: ['a'] })
    expect((await compute.size('vale')).nodes).toBe(9)
    compute.drop('vale')
    await expect(compute.size('vale')).rejects.toMatchObject({ status: 503 })
    compute.load(county('vale', 4))
    expect(await state(compute)).toEqual({ nodes: 4, ids: ['a'] })
  })

  test('pass refusals with all they say, and errors as errors', async () => {
    const compute = pool()
    const at = { code: 'cut_off', status: 409, at: 'to', details: { closures: ['a'] }, text: { en: 'No' } }
    await expect(compute.call('vale', 'route', any)).rejects.toMatchObject(at)
    await expect(compute.call('vale', 'dispatch', any, '')).rejects.toThrow('a bug')
    expect(json(await compute.call('vale', 'nearestRoad', [0, 0], 1))).toBeNull()
  })

  test('a graph that cannot be used is refused by its code; other counties go on', async () => {
    const compute = pool()
    compute.load(county('hill', 0))
    await expect(compute.size('hill')).rejects.toMatchObject({ code: 'graph_unreadable' })
    await expect(state(compute, 'hill')).rejects.toMatchObject({ code: 'graph_unreadable' })
    expect((await state(compute)).nodes).toBe(3)
  })

  test('one that dies is replaced, with counties and closures; its request is 503', async () => {
    const compute = pool({ threads: 1 })
    compute.setClosures('vale', 'vale', [closure('a')])
    const dies = compute.call('vale', 'matrix', any)
    const waits = state(compute)
    await expect(dies).rejects.toMatchObject({ code: 'compute_restarted', status: 503 })
    expect(await waits).toEqual({ nodes: 3, ids: ['a'] })
  })

  test('one that hangs is stopped after the time limit', async () => {
    const compute = pool({ threads: 1, timeoutMs: 1500 })
    await state(compute)
    await expect(compute.call('vale', 'isochrones', any)).rejects.toMatchObject({
      code: 'too_slow',
      status: 503,
    })
    expect((await state(compute)).nodes).toBe(3)
  })

  test('a full queue is refused at once', async () => {
    const compute = pool({ threads: 1, maxQueue: 2 })
    const asked = [1, 2, 3, 4].map(() => state(compute))
    await expect(asked[3]).rejects.toMatchObject({ code: 'busy', status: 503 })
    await Promise.all(asked.slice(0, 3))
  })

  test('closing refuses what still waits', async () => {
    const compute = pool({ threads: 1 })
    const asked = [compute.call('vale', 'isochrones', any), state(compute)]
    const answers = Promise.allSettled(asked)
    await compute.close()
    expect((await answers).every(a => a.status === 'rejected')).toBe(true)
    await expect(state(compute)).rejects.toMatchObject({ status: 503 })
  })
})
