import { createEngine } from '../../server/algo/engine.ts'
import { troubleOfRefusal } from './refusal.ts'
import { createService } from './service.ts'
import type { Calls, Reply, Request } from './protocol.ts'

/** The browser's own engine: the same code as the server's, so a desk whose cable is cut still computes. */
const service = createService(createEngine)

self.addEventListener('message', (event: MessageEvent<Request>) => {
  const { id, name, input } = event.data
  let reply: Reply
  try {
    const call = service[name] as (input: unknown) => ReturnType<Calls[typeof name]>
    reply = { id, ok: true, value: call(input) }
  } catch (error) {
    reply = { id, ok: false, trouble: troubleOfRefusal(error) }
  }
  self.postMessage(reply)
})
