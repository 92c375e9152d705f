import { describe, expect, it } from 'vitest'
import { createEngineClient, Superseded, type Port } from './client.ts'
import type { Reply, Request } from './protocol.ts'

/** A worker that answers only when told to. */
function slowPort() {
  const asked: Request[] = []
  let hear: ((e: MessageEvent) => void) | null = null
  const port: Port = {
    postMessage: m => void asked.push(m as Request),
    addEventListener: (type, listener) => type === 'message' && (hear = listener),
  }
  const reply = (r: Reply) => hear?.({ data: r } as MessageEvent)
  const answer = (value: unknown) => reply({ id: asked.at(-1)!.id, ok: true, value })
  return { port, asked, reply, answer }
}
const ask = (lon: number) => ({ at: [lon, 0] as [number, number], maxM: 1 })

describe('engine client', () => {
  it('while one question is computed, keeps only the newest of the others', async () => {
    const { port, asked, answer } = slowPort()
    const engine = createEngineClient(port)
    const first = engine.latest('nearestRoad', ask(1))
    const dropped = [2, 3, 4].map(n => engine.latest('nearestRoad', ask(n)).catch(e => e))
    const last = engine.latest('nearestRoad', ask(5))
    expect(asked).toHaveLength(1)
    answer('one')
    expect(await first).toBe('one')
    await Promise.resolve()
    for (const d of dropped) expect(await d).toBeInstanceOf(Superseded)
    expect(asked.map(a => (a.input as { at: number[] }).at[0])).toEqual([1, 5])
    answer('five')
    expect(await last).toBe('five')
  })

  it('asks again at once when nothing is under way', async () => {
    const { port, asked, answer } = slowPort()
    const engine = createEngineClient(port)
    for (const n of [1, 2, 3]) {
      const asking = engine.latest('nearestRoad', ask(n))
      answer(n)
      expect(await asking).toBe(n)
      await new Promise(r => setTimeout(r))
    }
    expect(asked).toHaveLength(3)
  })

  it('goes on after a refusal and hands it over in both languages', async () => {
    const { port, asked, reply, answer } = slowPort()
    const engine = createEngineClient(port)
    const refused = engine.latest('nearestRoad', ask(1)).catch(e => e.trouble)
    const next = engine.latest('nearestRoad', ask(2))
    const trouble = { code: 'off_network', text: { zh: '离路太远', en: 'too far' } }
    reply({ id: asked[0]!.id, ok: false, trouble })
    expect(await refused).toEqual(trouble)
    await new Promise(r => setTimeout(r))
    answer('two')
    expect(await next).toBe('two')
  })
})
