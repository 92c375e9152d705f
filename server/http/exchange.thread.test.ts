import { afterEach, expect, test, vi } from 'vitest'
import { startWorker } from '../db/thread.ts'
import { createExchange } from './exchange.thread.ts'
import type { ExchangeDeps } from './exchange.thread.ts'
import type { Watch } from './exchange.ts'

const module = new URL('./exchange.fixture.worker.ts', import.meta.url)
const threads: ReturnType<typeof createExchange>[] = []
afterEach(() => Promise.all(threads.splice(0).map(one => one.close())))

function thread(more: Partial<ExchangeDeps> = {}) {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const started = vi.fn(() => startWorker(module, null, { resourceLimits: { maxOldGenerationSizeMb: 32 } }))
  const exchange = createExchange({ startWorker: started, ...more })
  threads.push(exchange)
  const read = (file: string, watch?: Watch) =>
    exchange.preview(file, new Uint8Array(8), {} as never, {} as never, watch)
  return { exchange, read, started }
}

test('one thread reads file after file, and tells how far it is', async () => {
  const { read, started } = thread()
  const seen: number[] = []
  expect(await read('a', { progress: share => seen.push(share) })).toEqual({ file: 'a' })
  expect(seen).toEqual([0, 0.5])
  await expect(read('refuses')).rejects.toMatchObject({ code: 'book_old', status: 422 })
  expect(await read('b')).toEqual({ file: 'b' })
  expect(started).toHaveBeenCalledTimes(1)
})

test('a file that takes too long is refused by name, its thread replaced', async () => {
  const { read, started } = thread({ limitMs: 1500 })
  await read('a')
  const [hangs, waits] = [read('hangs'), read('b')]
  await expect(hangs).rejects.toMatchObject({
    code: 'file_too_slow',
    text: { zh: '1.5 秒内没有处理完这个文件，已停止' },
    remedy: { en: expect.stringContaining('Split it') },
  })
  expect(await waits).toEqual({ file: 'b' })
  expect(started).toHaveBeenCalledTimes(2)
})

test('a file that takes too much memory is refused by name, and so is one that ends the thread', async () => {
  const { read, started } = thread()
  await expect(read('eats')).rejects.toMatchObject({ code: 'file_too_much', status: 413 })
  await expect(read('dies')).rejects.toMatchObject({ code: 'files_interrupted', status: 503 })
  expect(await read('a')).toEqual({ file: 'a' })
  expect(started).toHaveBeenCalledTimes(3)
})

test('whoever no longer waits holds nobody up: running it is ended, waiting it is forgotten', async () => {
  const { read, started } = thread()
  await read('a')
  const [running, waiting] = [new AbortController(), new AbortController()]
  const asked = Promise.allSettled([
    read('hangs', { signal: running.signal }),
    read('hangs', { signal: waiting.signal }),
  ])
  const next = read('b')
  waiting.abort()
  running.abort()
  expect(await next).toEqual({ file: 'b' })
  const interrupted = { status: 'rejected', reason: { code: 'files_interrupted' } }
  expect(await asked).toMatchObject([interrupted, interrupted])
  await expect(read('c', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'files_interrupted',
  })
  expect(started).toHaveBeenCalledTimes(2)
})

test('more than may wait are refused at once, with when to come again; closing refuses the rest', async () => {
  const { exchange, read } = thread({ maxQueue: 2 })
  const asked = Promise.allSettled([read('hangs'), read('b'), read('c')])
  await expect(read('d')).rejects.toMatchObject({ code: 'files_busy', details: { retryAfterS: 10 } })
  await exchange.close()
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await expect(read('e')).rejects.toMatchObject({ code: 'files_interrupted' })
})
