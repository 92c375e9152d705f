import { TroubleError } from '../trouble.ts'
import type { CallName, Input, Output, Reply, Request } from './protocol.ts'

export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void
  addEventListener(type: 'message' | 'error' | 'messageerror', listener: (event: MessageEvent) => void): void
}
type Waiting = { resolve: (value: never) => void; reject: (error: unknown) => void }
type Asked = Waiting & { input: unknown }
type Lane = { pending: Asked | null }

/** Asked again before it was computed: whoever asked first need not hear. */
export class Superseded extends Error {}

/** The page's side of the worker. */
export function createEngineClient(port: Port) {
  let lastId = 0
  const waiting = new Map<number, Waiting>()
  const lanes = new Map<CallName, Lane>()

  port.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.ok) asked?.resolve(data.value as never)
    else asked?.reject(new TroubleError(data.trouble))
  })

  /** A worker that cannot be loaded or dies answers nobody: say so, or the page would wait for ever. */
  function lost(): void {
    const error = new TroubleError({
      code: 'engine_lost',
      text: { zh: '本机计算停止了', en: 'Computing in this browser has stopped' },
      remedy: { zh: '请重新载入本页', en: 'Load the page again' },
    })
    for (const asked of waiting.values()) asked.reject(error)
    waiting.clear()
  }
  port.addEventListener('error', lost)
  port.addEventListener('messageerror', lost)

  function call<N extends CallName>(
    name: N,
    input: Input<N>,
    transfer: Transferable[] = [],
  ): Promise<Output<N>> {
    const id = ++lastId
    return new Promise<Output<N>>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      port.postMessage({ id, name, input } satisfies Request<N>, transfer)
    })
  }

  function run(name: CallName, asked: Asked): void {
    const lane: Lane = { pending: null }
    lanes.set(name, lane)
    void call(name, asked.input as Input<CallName>)
      .then(asked.resolve as (value: unknown) => void, asked.reject)
      .finally(() => (lane.pending ? run(name, lane.pending) : lanes.delete(name)))
  }

  /**
   * One call of a name at a time; while it runs only the newest question is kept, older ones are dropped.
   * @throws Superseded for a dropped question
   */
  function latest<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
    return new Promise<Output<N>>((resolve, reject) => {
      const asked: Asked = { input, resolve: resolve as Waiting['resolve'], reject }
      const lane = lanes.get(name)
      if (!lane) return run(name, asked)
      lane.pending?.reject(new Superseded())
      lane.pending = asked
    })
  }

  return { call, latest }
}
export type EngineClient = ReturnType<typeof createEngineClient>

export function startWorker(): EngineClient {
  return createEngineClient(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
}
