import { Worker, parentPort } from 'node:worker_threads'
import type { ResourceLimits } from 'node:worker_threads'
import { packError, unpackError } from '../contract/failure.ts'
import type { Failure } from '../contract/failure.ts'

/**
 * Starts a TypeScript module in a worker thread. On Node 20 the loader that the main thread runs under
 * does not reach its threads, so `thread.boot.mjs` registers it in each before it imports the module.
 */
export function startWorker(
  module: URL,
  workerData?: unknown,
  limits: { resourceLimits?: ResourceLimits } = {},
): Worker {
  const boot = new URL('./thread.boot.mjs', import.meta.url)
  return new Worker(boot, { argv: [module.href], workerData, execArgv: [], ...limits })
}

type Reply = { id: number; value?: unknown; failure?: Failure }

export interface Thread {
  /** Rejects with the thread's own error, or with `thread ended` when it died under the call. */
  call<T>(method: string, ...args: unknown[]): Promise<T>
  close(): Promise<void>
}

/** A thread that answers calls in order; started at the first call, and again after it died. */
export function createThread(module: URL, workerData: unknown): Thread {
  let worker: Worker | null = null
  let closed = false
  let nextId = 1
  const waiting = new Map<number, { resolve: (v: never) => void; reject: (e: Error) => void }>()

  const start = () => {
    const w = startWorker(module, workerData)
    let cause: Error | null = null
    w.on('message', ({ id, value, failure }: Reply) => {
      const call = waiting.get(id)
      waiting.delete(id)
      if (failure) call?.reject(unpackError(failure))
      else call?.resolve(value as never)
    })
    w.on('error', e => (cause = e as Error))
    w.on('exit', () => {
      if (worker === w) worker = null
      const error = new Error(`thread ended${cause ? `: ${cause.message}` : ''}`)
      for (const call of waiting.values()) call.reject(error)
      waiting.clear()
    })
    return w
  }

  return {
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('thread closed'))
        const id = nextId++
        waiting.set(id, { resolve, reject })
        worker ??= start()
        worker.postMessage({ id, method, args })
      }),
    close: async () => {
      closed = true
      await worker?.terminate()
    },
  }
}

type Methods = Record<string, (...args: never[]) => unknown>

/** The other end of `createThread`: answers each message with the method of that name. */
export function answerCalls(methods: Methods): void {
  const port = parentPort!
  port.on('message', async ({ id, method, args }: { id: number; method: string; args: never[] }) => {
    try {
      port.postMessage({ id, value: await methods[method]!(...args) })
    } catch (e) {
      port.postMessage({ id, failure: packError(e) })
    }
  })
}
