import type { Context } from 'hono'
import type { Room } from '../journal/room.ts'
import { presenceOf } from '../journal/presence.ts'
import { reaches, sightOf } from '../journal/sight.ts'
import type { Deps, Env } from './context.ts'
import { HEARTBEAT, feedOf, presenceFrame, readyFrame, refetchFrame, seqOf, writableFrame } from './feed.ts'
import { viewerOf } from './viewer.ts'

const HEARTBEAT_MS = 10_000
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}
/** A listener that takes nothing is let go at this many frames; it comes back and resumes. */
const MAX_BEHIND = 1000

/**
 * Server-sent events of a room as a viewer may see them: what was missed since `Last-Event-ID` (or
 * `?since=`) and then `ready` with the seq the room stands at, or `refetch` when that cannot be told; then each
 * `change` as it happens, `writable` while and when commands are refused for want of a disk, and with `?presence` who
 * else is there. `ended` closes it from outside: a session ended, the server stops.
 */
export function roomStream(
  { rooms: { epoch }, journal, stop, now }: Pick<Deps, 'rooms' | 'journal' | 'stop' | 'now'>,
  c: Context<Env>,
  room: Room,
  ended = new AbortController(),
): Response {
  if (c.req.method === 'HEAD') {
    // Nobody will read its body, or leave it.
    ended.abort()
    return c.body(null, 200, HEADERS)
  }
  const viewer = viewerOf(c)
  const sight = sightOf(viewer)
  const feed = feedOf(room, sight, epoch)
  const presence = presenceOf(room)
  // Names of people are for desks.
  const tells = c.req.query('presence') !== undefined && reaches(sight.audience, 'desk')
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
        const go = presence.enter(viewer, now())
        const held = journal?.notWritable()
        if (held) send(writableFrame(held))
        const unwatch = journal?.watchWritable(news => send(writableFrame(news)))
        const unsubscribe = tells ? presence.subscribe(list => send(presenceFrame(list))) : undefined
        stop?.addEventListener('abort', end)
        ended.signal.addEventListener('abort', () => {
          clearInterval(beat)
          leave()
          go()
          unwatch?.()
          unsubscribe?.()
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
