import { createLine } from './line.ts'
import type { FromLine, Port, ToLine } from './line.ts'

/** Shared by all pages of the browser that follow the same room as the same person; named by both. */
const line = createLine(url => new EventSource(url))

addEventListener('connect', event => {
  const [channel] = (event as MessageEvent).ports
  if (!channel) return
  const port: Port = { tell: (message: FromLine) => channel.postMessage(message) }
  channel.addEventListener('message', ({ data }: MessageEvent<ToLine>) =>
    data.type === 'open' ? line.join(port, data) : line.leave(port),
  )
  channel.start()
})
