import type { Context } from 'hono'
import { Refusal } from '../contract/errors.ts'
import type { World } from '../contract/world.ts'
import { historyOf, worldAt } from '../journal/history.ts'
import type { Room } from '../journal/room.ts'
import { sightKey } from '../journal/sight.ts'
import type { Sight } from '../journal/sight.ts'
import { worldText } from '../journal/snapshots.ts'
import { viewPast, viewWorld } from '../journal/view.ts'
import { notModified, sendJson } from './answer.ts'
import type { Deps, Env } from './context.ts'

const utf8 = new TextEncoder()
/** The newest world of each room is asked for by every screen that starts: written once. */
const written = new WeakMap<World, Map<string, Promise<Uint8Array>>>()

function bytesOf(world: World, sight: Sight, epoch: string): Promise<Uint8Array> {
  let bySight = written.get(world)
  if (!bySight) written.set(world, (bySight = new Map()))
  const key = sightKey(sight)
  let bytes = bySight.get(key)
  if (!bytes) {
    bytes = worldText(viewWorld(world, sight), { epoch }).then(text => utf8.encode(text))
    bySight.set(key, bytes)
  }
  return bytes
}

/** The room's situation as a viewer may see it; `at` = a seq or an instant of the past. */
export async function worldAnswer(
  { rooms: { epoch } }: Pick<Deps, 'rooms'>,
  c: Context<Env>,
  room: Room,
  sight: Sight,
  at: string | undefined,
): Promise<Response> {
  const now = room.world()
  const seq = at === undefined ? now.seq : Math.min(now.seq, await seqAt(room, at))
  const same = notModified(c, `${epoch}-${room.id}-${seq}-${sightKey(sight)}`)
  if (same) return same
  const world = seq === now.seq ? now : await worldAt(room, seq)
  return sendJson(c, await bytesOf(world, sight, epoch))
}

export interface ChangesQuestion {
  since?: string
  until?: string
  /** `kind/id` */
  entity?: string
  limit: number
}

/**
 * Changes in order, oldest first; those of one entity newest first. `more` = there are others beyond the limit, all
 * of this page may be hidden from the asker; `next` goes on: as `since`, of one entity as `until`. Null = the end.
 */
export async function changesAnswer(room: Room, sight: Sight, q: ChangesQuestion) {
  const until = q.until === undefined ? room.world().seq : await seqAt(room, q.until)
  const since = q.since === undefined ? 0 : await seqAt(room, q.since)
  if (q.entity !== undefined) {
    const [kind, id] = splitRef(q.entity)
    const page = { before: until + 1, limit: q.limit }
    const { changes, more } = await historyOf(room, { kind, id }, sight, page)
    const [last] = changes.slice(-1)
    const on = more && last !== undefined && last.seq - 1 > since
    const next = on ? last.seq - 1 : null
    return { changes: changes.filter(({ seq }) => seq > since), more: on, next }
  }
  const inTime = (await room.changes(since, q.limit + 1)).filter(({ seq }) => seq <= until)
  const page = inTime.slice(0, q.limit)
  const seen = page.flatMap(change => viewPast(change, sight) ?? [])
  const more = inTime.length > q.limit
  return { changes: seen, more, next: more ? page.at(-1)!.seq : null }
}

async function seqAt(room: Room, at: string): Promise<number> {
  if (/^\d{1,15}$/.test(at)) return Number(at)
  const time = Date.parse(at)
  if (!/^\d{4}-\d{2}-\d{2}T/.test(at) || Number.isNaN(time)) throw notATime(at)
  return room.seqAt(new Date(time).toISOString())
}

function splitRef(entity: string): [kind: string, id: string] {
  const slash = entity.indexOf('/')
  if (slash > 0) return [entity.slice(0, slash), entity.slice(slash + 1)]
  throw new Refusal(
    'out_of_range',
    400,
    { zh: `“${entity}”不是“类别/编号”`, en: `"${entity}" is not "kind/id"` },
    { zh: '例如 mines/K-01', en: 'For example mines/K-01' },
    'entity',
  )
}

function notATime(at: string): Refusal {
  return new Refusal(
    'out_of_range',
    400,
    { zh: `“${at}”既不是序号也不是时刻`, en: `"${at}" is neither a seq nor an instant` },
    { zh: '写 128 或 2026-07-01T08:00:00Z', en: 'Write 128 or 2026-07-01T08:00:00Z' },
  )
}
