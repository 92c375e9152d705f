import type { Context } from 'hono'
import type { Audience } from '../contract/change.ts'
import type { Room } from '../journal/room.ts'
import type { Deps, Env } from './context.ts'
import { HEARTBEAT, feedOf, readyFrame, refetchFrame, seqOf } from './feed.ts'

const HEARTBEAT_MS = 10_000
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}
/** A listener that takes nothing is let go at this many frames; it comes back and resumes. */
const MAX_BEHIND = 1000

/**
 * Server-sent events of a room as an audience may see them: what was missed since `Last-Event-ID` (or
 * `?since=`) and then `ready` with the seq the room stands at, or `refetch` when that cannot be told; then each
 * `change` as it happens. `ended` closes it from outside: a session ended, the server stops.
 */
export function roomStream(
  { rooms: { epoch }, stop }: Pick<Deps, 'rooms' | 'stop'>,
  c: Context<Env>,
  room: Room,
  audience: Audience,
  ended = new AbortController(),
): Response {
  if (c.req.method === 'HEAD') {
    // Nobody will read its body, or leave it.
    ended.abort()
    return c.body(null, 200, HEADERS)
  }
  const feed = feedOf(room, audience, epoch)
  const { seq: head } = room.world()
  const last = c.req.header('last-event-id') ?? c.req.query('since')
  const since = last === undefined ? head : seqOf(last, epoch)
  const missed = since === null ? null : feed.missed(since)

  const body = new ReadableStream<Uint8Array>(
    {
      start: controller => {
        const send = (bytes: Uint8Array): void => {
          if (ended.signal.aborted) return
          controller.enqueue(bytes)
          if (controller.desiredSize! < -MAX_BEHIND) end()
        }
        const end = (): void => ended.abort()
        for (const { bytes } of missed ?? []) controller.enqueue(bytes)
        send(missed ? readyFrame(epoch, head) : refetchFrame(epoch, head))
        const beat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS)
        const leave = feed.listen(({ bytes }) => send(bytes))
        stop?.addEventListener('abort', end)
        ended.signal.addEventListener('abort', () => {
          clearInterval(beat)
          leave()
          stop?.removeEventListener('abort', end)
          try {
            controller.close()
          } catch {
            // Whoever listened has gone already.
          }
        })
      },
      cancel: () => ended.abort(),
    },
    new CountQueuingStrategy({ highWaterMark: 0 }),
  )
  return c.body(body, 200, HEADERS)
}
