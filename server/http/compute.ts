import type { Worker } from 'node:worker_threads'
import type { Refusal } from '../contract/errors.ts'
import { unpackError } from '../contract/failure.ts'
import { busy, restarted, tooSlow } from './compute.refusals.ts'
import type {
  Engine,
  EngineCounty,
  EngineMethod,
  FromWorker,
  GraphSize,
  Reckoned,
  RoomClosure,
  ToWorker,
} from './engine.ts'

export interface Compute {
  /** Takes a county in, or its new import; requests after this are answered by it. */
  load(county: EngineCounty): void
  drop(id: string): void
  /** @throws Refusal when its graph cannot be used. */
  size(county: string): Promise<GraphSize>
  /** The closures in force in a room: in force for every `call` made after this. */
  setClosures(county: string, room: string, closures: RoomClosure[]): void
  /** The room's teams and settlements, for every `call` made after this. */
  setReckoned(county: string, room: string, reckoned: Reckoned): void
  /** JSON bytes of what the engine's method returns. @throws Refusal of the engine, or 503. */
  call<M extends EngineMethod>(county: string, method: M, ...args: Parameters<Engine[M]>): Promise<Uint8Array>
  close(): Promise<void>
}

export interface ComputeDeps {
  startWorker: () => Worker
  threads: number
  timeoutMs?: number
  maxQueue?: number
}

interface Request {
  message: Extract<ToWorker, { type: 'call' }>
  resolve: (json: Uint8Array) => void
  reject: (e: Error) => void
  waiting: NodeJS.Timeout | undefined
}
interface Slot {
  worker: Worker
  request: Request | null
  timer?: NodeJS.Timeout
}
interface Held {
  county: EngineCounty
  version: number
  size: PromiseWithResolvers<GraphSize>
}
interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve: (value: T) => void
  reject: (e: Error) => void
}

/** A pool of computing threads, one request each at a time; one that dies or hangs is replaced. */
export function createCompute(deps: ComputeDeps): Compute {
  const { startWorker, threads, timeoutMs = 30_000, maxQueue = 200 } = deps
  const held = new Map<string, Held>()
  /** By county and room; it outlives the county, which may be imported again. */
  const inForce = new Map<string, Map<string, RoomClosure[]>>()
  const reckonings = new Map<string, Map<string, Reckoned>>()
  const queue: Request[] = []
  const slots: Slot[] = []
  let nextId = 1
  let nextVersion = 1
  let closed = false
  let restartMs = 0

  const loadMessage = ({ county, version }: Held): ToWorker => ({
    type: 'load',
    county,
    version,
    closures: [...(inForce.get(county.id) ?? [])],
    reckoned: [...(reckonings.get(county.id) ?? [])],
  })
  const tellAll = (message: ToWorker) => {
    for (const { worker } of slots) worker.postMessage(message)
  }

  const settle = (slot: Slot): Request | null => {
    const { request } = slot
    clearTimeout(slot.timer)
    slot.request = null
    return request
  }
  const giveUp = (request: Request) => {
    const at = queue.indexOf(request)
    if (at >= 0) queue.splice(at, 1)[0]!.reject(busy())
  }
  const next = () => {
    for (const slot of slots) {
      if (slot.request || queue.length === 0) continue
      slot.request = queue.shift()!
      clearTimeout(slot.request.waiting)
      slot.worker.postMessage(slot.request.message)
      slot.timer = setTimeout(() => replace(slot, tooSlow(timeoutMs)), timeoutMs)
    }
  }
  const replace = (slot: Slot, why: Refusal) => {
    const at = slots.indexOf(slot)
    if (at < 0) return
    slots.splice(at, 1)
    settle(slot)?.reject(why)
    void slot.worker.terminate()
    if (closed) return
    // A thread that dies as soon as it starts must not keep the machine busy with starting it.
    const wait = restartMs
    restartMs = Math.min(30_000, restartMs * 2 + 100)
    setTimeout(start, wait).unref()
  }

  const hear = (slot: Slot, message: FromWorker) => {
    if (message.type === 'loaded' || message.type === 'notLoaded') {
      const county = held.get(message.county)
      if (county?.version !== message.version) return
      if (message.type === 'loaded') county.size.resolve(message.size)
      else county.size.reject(unpackError(message.failure))
      return
    }
    restartMs = 0
    const request = settle(slot)
    if (message.type === 'answer') request?.resolve(message.json)
    else request?.reject(unpackError(message.failure))
    next()
  }

  const start = () => {
    if (closed) return
    const slot: Slot = { worker: startWorker(), request: null }
    slot.worker.on('message', (message: FromWorker) => hear(slot, message))
    slot.worker.on('error', e => console.error(e))
    slot.worker.on('exit', () => replace(slot, restarted()))
    slots.push(slot)
    for (const county of held.values()) slot.worker.postMessage(loadMessage(county))
    next()
  }
  for (let i = 0; i < threads; i++) start()

  return {
    load: county => {
      const before = held.get(county.id)
      const size = withResolvers<GraphSize>()
      if (before) size.promise.then(before.size.resolve, before.size.reject)
      const now: Held = { county, version: nextVersion++, size }
      held.set(county.id, now)
      tellAll(loadMessage(now))
    },
    drop: id => {
      held.get(id)?.size.reject(restarted())
      held.delete(id)
      tellAll({ type: 'drop', county: id })
    },
    size: async id => held.get(id)?.size.promise ?? Promise.reject(restarted()),
    setClosures: (county, room, closures) => {
      const rooms = inForce.get(county) ?? new Map<string, RoomClosure[]>()
      inForce.set(county, rooms.set(room, closures))
      tellAll({ type: 'closures', county, room, closures })
    },
    setReckoned: (county, room, reckoned) => {
      const rooms = reckonings.get(county) ?? new Map<string, Reckoned>()
      reckonings.set(county, rooms.set(room, reckoned))
      tellAll({ type: 'reckoned', county, room, reckoned })
    },
    call: (county, method, ...args) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(restarted())
        if (queue.length >= maxQueue) return reject(busy())
        const message = { type: 'call' as const, id: nextId++, county, method, args }
        const request: Request = { message, resolve, reject, waiting: undefined }
        request.waiting = setTimeout(() => giveUp(request), timeoutMs)
        queue.push(request)
        next()
      }),
    close: async () => {
      closed = true
      for (const request of queue.splice(0)) {
        clearTimeout(request.waiting)
        request.reject(restarted())
      }
      await Promise.all(
        slots.splice(0).map(slot => {
          settle(slot)?.reject(restarted())
          return slot.worker.terminate()
        }),
      )
    },
  }
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  const out = {} as PromiseWithResolvers<T>
  out.promise = new Promise((resolve, reject) => Object.assign(out, { resolve, reject }))
  // Nobody may be asking.
  out.promise.catch(() => {})
  return out
}
