import type { Worker } from 'node:worker_threads'
import { unpackError } from '../contract/failure.ts'
import type { Failure } from '../contract/failure.ts'
import type { Exchange, Watch } from './exchange.ts'
import { fileTakesTooMuch, filesBusy, filesInterrupted, fileTooSlow } from './exchange.refusals.ts'

export interface ExchangeDeps {
  /** Its memory is bounded by whoever starts it. */
  startWorker: () => Worker
  /** One file may take so long; the thread ends with it. */
  limitMs?: number
  /** So many may wait. */
  maxQueue?: number
}

export type ToExchange = { id: number; method: keyof Exchange; args: unknown[] }
export type FromExchange =
  { id: number; value: unknown } | { id: number; failure: Failure } | { id: number; progress: number }

interface Call {
  message: ToExchange
  transfer: ArrayBuffer[]
  watch: Watch
  resolve: (value: never) => void
  reject: (why: Error) => void
}

export const FILE_LIMIT_MS = 120_000

/** Files one after another in a thread of their own, which is ended and replaced when one of them is too much. */
export function createExchange({
  startWorker,
  limitMs = FILE_LIMIT_MS,
  maxQueue = 8,
}: ExchangeDeps): Exchange & { close(): Promise<void> } {
  const queue: Call[] = []
  let worker: Worker | null = null
  let running: Call | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let nextId = 1

  const settled = (): Call | null => {
    const call = running
    clearTimeout(timer)
    running = null
    return call
  }
  /** Ends the thread under a call; the next call starts another. */
  const end = (why: Error): void => {
    const [call, dead] = [settled(), worker]
    worker = null
    void dead?.terminate()
    call?.reject(why)
    next()
  }
  const start = (): Worker => {
    const mine = startWorker()
    let cause: NodeJS.ErrnoException | null = null
    mine.on('message', (said: FromExchange) => {
      if (mine !== worker || said.id !== running?.message.id) return
      if ('progress' in said) return running.watch.progress?.(said.progress)
      const call = settled()!
      if ('failure' in said) call.reject(unpackError(said.failure))
      else call.resolve(said.value as never)
      next()
    })
    mine.on('error', e => (cause = e as NodeJS.ErrnoException))
    mine.on('exit', () => {
      if (mine !== worker) return
      const full = cause?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      if (cause && !full) console.error(cause)
      end(full ? fileTakesTooMuch() : filesInterrupted())
    })
    return mine
  }
  const next = (): void => {
    if (running || closed) return
    const call = queue.shift()
    if (!call) return
    running = call
    worker ??= start()
    timer = setTimeout(() => end(fileTooSlow(limitMs)), limitMs)
    call.watch.progress?.(0)
    worker.postMessage(call.message, call.transfer)
  }
  /** Nobody waits for it any more: the thread is free for who does. */
  const drop = (call: Call): void => {
    const at = queue.indexOf(call)
    if (at >= 0) queue.splice(at, 1)[0]!.reject(filesInterrupted())
    else if (running === call) end(filesInterrupted())
  }
  const ask = <T>(
    method: keyof Exchange,
    args: unknown[],
    transfer: ArrayBuffer[],
    watch: Watch,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      if (closed || watch.signal?.aborted) return reject(filesInterrupted())
      if (queue.length >= maxQueue) return reject(filesBusy())
      const call: Call = { message: { id: nextId++, method, args }, transfer, watch, resolve, reject }
      watch.signal?.addEventListener('abort', () => drop(call), { once: true })
      queue.push(call)
      next()
    })

  return {
    preview: (file, bytes, as, against, watch = {}) =>
      ask('preview', [file, bytes, as, against], [bytes.buffer as ArrayBuffer], watch),
    write: (as, worldJson, watch = {}) => ask('write', [as, worldJson], [], watch),
    close: async () => {
      closed = true
      for (const call of queue.splice(0)) call.reject(filesInterrupted())
      settled()?.reject(filesInterrupted())
      await worker?.terminate()
    },
  }
}
