import type { Context } from 'hono'
import type { Deps, Env } from './context.ts'
import { HEARTBEAT, changeFrame, follow, readyFrame, refetchFrame, resumeSeq } from './feed.ts'
import { situate } from './situation.ts'

const HEARTBEAT_MS = 15_000
/** A listener that takes nothing is let go at this many frames; it comes back and resumes. */
const MAX_BEHIND = 1000

/**
 * Server-sent events of the county's real room: `ready` with the seq it stands at, or the changes after
 * `Last-Event-ID` (or `?since=`), or `refetch` when those cannot be told; then each `change` as it happens.
 */
export async function closuresStream(deps: Deps, c: Context<Env>): Promise<Response> {
  const { room } = await situate(deps, { county: c.req.param('id')! })
  const { epoch } = deps.rooms
  const head = room.world().seq
  const last = c.req.header('last-event-id') ?? c.req.query('since')
  const since = last === undefined ? head : resumeSeq(last, epoch, head)

  const first =
    since === null ? refetchFrame(epoch, head) : last === undefined ? readyFrame(epoch, head) : HEARTBEAT

  const ended = new AbortController()
  const body = new ReadableStream<Uint8Array>(
    {
      start: controller => {
        const send = (frame: Uint8Array) => {
          if (ended.signal.aborted) return
          controller.enqueue(frame)
          if (controller.desiredSize! < -MAX_BEHIND) end()
        }
        const end = () => {
          if (ended.signal.aborted) return
          ended.abort()
          controller.close()
        }
        send(first)
        const beat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS)
        const leave = follow(room, since ?? head, row => send(changeFrame(epoch, row)), end)
        deps.stop?.addEventListener('abort', end)
        ended.signal.addEventListener('abort', () => {
          clearInterval(beat)
          leave()
          deps.stop?.removeEventListener('abort', end)
        })
      },
      cancel: () => ended.abort(),
    },
    new CountQueuingStrategy({ highWaterMark: 0 }),
  )
  return c.body(body, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
}
