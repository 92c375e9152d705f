import type { MessagePort } from 'node:worker_threads'
import { packError } from '../contract/failure.ts'
import type { Failure } from '../contract/failure.ts'
import type { createEngine } from '../algo/engine.ts'
import type { Engine, FromWorker, ToWorker } from './engine.ts'

type Loaded = { engine: Engine } | { failure: Failure }
type Port = Pick<MessagePort, 'on' | 'postMessage'>

/**
 * The computing thread: engines by county, messages answered in the order they come, so that closures sent
 * before a request are in force for it. Answers leave as JSON bytes: the main thread only hands them on.
 */
export function answerMessages(create: typeof createEngine, port: Port): void {
  const counties = new Map<string, Loaded>()
  const post = (message: FromWorker, transfer?: ArrayBuffer[]) => port.postMessage(message, transfer)

  const load = ({ county, version, closures, reckoned }: Extract<ToWorker, { type: 'load' }>) => {
    try {
      const engine = create(county)
      for (const [room, list] of closures) engine.setClosures(room, list)
      for (const [room, held] of reckoned) engine.setReckoned(room, held)
      counties.set(county.id, { engine })
      post({ type: 'loaded', county: county.id, version, size: { nodes: engine.nodes, arcs: engine.arcs } })
    } catch (e) {
      const failure = packError(e)
      counties.set(county.id, { failure })
      post({ type: 'notLoaded', county: county.id, version, failure })
    }
  }

  const call = ({ id, county, method, args }: Extract<ToWorker, { type: 'call' }>) => {
    try {
      const loaded = counties.get(county)
      if (!loaded) throw new Error(`county "${county}" is not loaded`)
      if ('failure' in loaded) return post({ type: 'failed', id, failure: loaded.failure })
      const answer = (loaded.engine[method] as (...a: unknown[]) => unknown)(...args)
      // A buffer of its own, not a piece of Node's pool, so that it can be handed over.
      const json = new TextEncoder().encode(JSON.stringify(answer ?? null))
      post({ type: 'answer', id, json }, [json.buffer])
    } catch (e) {
      post({ type: 'failed', id, failure: packError(e) })
    }
  }

  const setClosures = ({ county, room, closures }: Extract<ToWorker, { type: 'closures' }>) => {
    const loaded = counties.get(county)
    if (!loaded || 'failure' in loaded) return
    try {
      loaded.engine.setClosures(room, closures)
    } catch (e) {
      // What is in force is no longer sure: every request is refused rather than answered wrongly.
      counties.set(county, { failure: packError(e) })
    }
  }

  const setReckoned = ({ county, room, reckoned }: Extract<ToWorker, { type: 'reckoned' }>) => {
    const loaded = counties.get(county)
    if (loaded && 'engine' in loaded) loaded.engine.setReckoned(room, reckoned)
  }

  port.on('message', (message: ToWorker) => {
    if (message.type === 'call') call(message)
    else if (message.type === 'load') load(message)
    else if (message.type === 'closures') setClosures(message)
    else if (message.type === 'reckoned') setReckoned(message)
    else counties.delete(message.county)
  })
}
