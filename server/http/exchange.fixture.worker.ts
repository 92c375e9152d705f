import { parentPort } from 'node:worker_threads'
import { Refusal } from '../contract/errors.ts'
import { packError } from '../contract/failure.ts'
import type { FromExchange, ToExchange } from './exchange.thread.ts'

/** A reader for tests: does what the file's name says. */
const post = (said: FromExchange): void => parentPort!.postMessage(said)
const BIG: unknown[] = []

parentPort!.on('message', ({ id, args: [file] }: ToExchange) => {
  post({ id, progress: 0.5 })
  switch (file) {
    case 'hangs':
      for (;;);
    case 'dies':
      return process.exit(3)
    case 'eats':
      for (;;) BIG.push(Array.from({ length: 1000 }, (_, i) => ({ i })))
    case 'refuses':
      return post({ id, failure: packError(new Refusal('book_old', 422, { zh: '旧', en: 'Old' })) })
    default:
      return post({ id, value: { file } })
  }
})
