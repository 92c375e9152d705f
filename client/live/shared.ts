import type { Source } from './follow.ts'
import type { FromLine, ToLine } from './line.ts'

/** A browser without shared workers, or where theirs does not start, gets a stream for each page. */
let isShared = 'SharedWorker' in globalThis

/** The stream of a room, one for all pages of this browser. */
export function openShared(room: string, url: () => string, since: () => string | null): Source {
  if (!isShared) return new EventSource(url())
  const worker = new SharedWorker(new URL('./line.worker.ts', import.meta.url), {
    type: 'module',
    name: room,
  })
  const heard = new Map<string, (e: MessageEvent) => void>()
  const fire = ({ type, data }: FromLine): void => heard.get(type)?.(new MessageEvent(type, { data }))
  const send = (message: ToLine): void => worker.port.postMessage(message)
  const close = (): void => {
    removeEventListener('pagehide', hide)
    send({ type: 'close' })
    worker.port.close()
  }
  worker.addEventListener('error', () => {
    isShared = false
    fire({ type: 'error' })
  })
  worker.port.addEventListener('message', ({ data }: MessageEvent<FromLine>) => fire(data))
  worker.port.start()
  // Shown again from the browser's memory, the page must not take a closed line for a live one.
  const hide = (): void => fire({ type: 'error' })
  addEventListener('pagehide', hide)
  send({ type: 'open', url: new URL(url(), location.href).href, since: since() })
  return { addEventListener: (type, listener) => void heard.set(type, listener), close }
}
