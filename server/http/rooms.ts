import { Hono } from 'hono'
import { z } from 'zod'
import { Entity, ViewedChange } from '../contract/change.ts'
import { COMMANDS, Key, RIGHT_OF } from '../contract/commands.ts'
import type { CommandName, RoomEntity } from '../contract/commands.ts'
import { CountyId, RoomId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { By } from '../journal/decide.ts'
import { sightOf } from '../journal/sight.ts'
import { viewPast } from '../journal/view.ts'
import { untilSessionEnds } from './auth.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { refuseIssues } from './issues.ts'
import type { Issue } from './issues.ts'
import { need } from './rights.ts'
import { countyOf, roomOf } from './situation.ts'
import { roomStream } from './stream.ts'
import { valid } from './valid.ts'
import { needRight, viewerOf } from './viewer.ts'
import { changesAnswer, worldAnswer } from './world.ts'

const RoomParam = z.object({ room: RoomId })
const Sent = z.strictObject({
  /** Sent twice under one key, a command happens once. */
  key: Key,
  name: z.enum(Object.keys(COMMANDS) as [CommandName, ...CommandName[]]),
  input: z.unknown(),
})
const WorldQuery = z.object({ at: z.string().max(40).optional() })
const ChangesQuery = z.object({
  since: z.string().max(40).optional(),
  until: z.string().max(40).optional(),
  entity: z.string().max(130).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
const World = z.object({
  room: z.string(),
  seq: z.number().int(),
  at: z.string().nullable(),
  epoch: z.string(),
  entities: z.array(Entity),
})

const Begun = z.strictObject({
  key: Key,
  county: CountyId,
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  name: z.string().trim().min(1).max(120),
})
const RoomLine = z.object({
  id: z.string(),
  /** False for the county's real situation. */
  exercise: z.boolean(),
  name: z.string().nullable(),
  parent: z.object({ room: z.string(), seq: z.number().int() }).nullable(),
  begunBy: z.string().nullable(),
  begunAt: z.iso.datetime().nullable(),
})
const RoomList = z.object({ rooms: z.array(RoomLine) })

/** A room is a situation: its county's real one, or an exercise (`county~slug`). */
export const rooms = (deps: Deps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('态势 Rooms', '真实态势与演练 / the real situation and exercises', { schema: RoomList }),
      need('read'),
      valid('query', z.object({ county: CountyId })),
      async c => {
        const { id } = countyOf(deps, c.req.valid('query').county)
        return c.json({ rooms: (await deps.rooms.list(id)).map(roomLine) })
      },
    )
    .post(
      '/',
      describe('态势 Rooms', '开始一场演练 / begin an exercise', { status: 201, schema: RoomLine }),
      need('runExercise'),
      valid('json', Begun),
      async c => {
        const { county, slug, name, key } = c.req.valid('json')
        const { id } = countyOf(deps, county)
        const room = await deps.rooms.begin(id, slug, name, { actor: viewerOf(c).id, key })
        const begun = room.world().kinds.get('room')!.get(room.id) as RoomEntity
        return c.json(roomLine({ id: room.id, begun }), 201)
      },
    )
    .post(
      '/:room/commands',
      describe('态势 Rooms', '发出命令 / send a command', {
        schema: z.object({ seq: z.number().int(), changes: z.array(ViewedChange.omit({ after: true })) }),
      }),
      need('read'),
      valid('param', RoomParam),
      valid('json', Sent),
      async c => {
        const { room } = await roomOf(deps, c.req.valid('param').room)
        const { key, name, input } = c.req.valid('json')
        const viewer = viewerOf(c)
        const by = { ...byOf(viewer, name, room.id), key }
        const parsed = COMMANDS[name].safeParse(input)
        if (!parsed.success) throw refuseIssues(inInput(parsed.error.issues as readonly Issue[]))
        const command = { name, input: parsed.data } as Parameters<typeof room.run>[0]
        const change = await room.run(command, by)
        return c.json({
          seq: change.seq,
          changes: [viewPast(change, sightOf(viewer))].filter(seen => seen !== null),
        })
      },
    )
    .get(
      '/:room/world',
      describe('态势 Rooms', '此刻或当时的态势 / the situation, now or then', { schema: World }),
      need('read'),
      valid('param', RoomParam),
      valid('query', WorldQuery),
      async c => {
        const { room } = await roomOf(deps, c.req.valid('param').room)
        return worldAnswer(deps, c, room, sightOf(viewerOf(c)), c.req.valid('query').at)
      },
    )
    .get(
      '/:room/stream',
      describe('态势 Rooms', '变更流 / changes as they happen', { type: 'text/event-stream' }),
      need('read'),
      valid('param', RoomParam),
      async c => {
        const { room } = await roomOf(deps, c.req.valid('param').room)
        return roomStream(deps, c, room, untilSessionEnds(deps, c))
      },
    )
    .get(
      '/:room/changes',
      describe('态势 Rooms', '谁在何时改了什么 / who changed what and when', {
        schema: z.object({
          changes: z.array(ViewedChange.omit({ after: true })),
          more: z.boolean(),
          next: z.number().int().nullable(),
        }),
      }),
      need('read'),
      valid('param', RoomParam),
      valid('query', ChangesQuery),
      async c => {
        const { room } = await roomOf(deps, c.req.valid('param').room)
        return c.json(await changesAnswer(room, sightOf(viewerOf(c)), c.req.valid('query')))
      },
    )

/**
 * Who a command is of. Whoever may only report saves rows too: its own, which the verb sees to.
 * @throws Refusal 403 `right_missing`
 */
function byOf(viewer: Viewer, name: CommandName, room: string): Omit<By, 'key'> {
  const [right, exercise] = [RIGHT_OF[name], room.includes('~')]
  if (right === null) throw serversOwn(name)
  const { own } = sightOf(viewer)
  if (own && name === 'saveRecord') needRight(viewer, 'report')
  else needRight(viewer, right, exercise)
  return { actor: viewer.id, ...(own ? { own } : {}) }
}

const inInput = (issues: readonly Issue[]): Issue[] =>
  issues.map(issue => ({ ...issue, path: ['input', ...(issue.path ?? [])] }))

function serversOwn(name: string): Refusal {
  return new Refusal(
    'right_missing',
    403,
    { zh: `“${name}”只由服务器自己执行`, en: `"${name}" is for the server itself` },
    { zh: '改台账用 saveRecord 或 saveRecords', en: 'To change registers use saveRecord or saveRecords' },
    'name',
  )
}

function roomLine({ id, begun }: { id: string; begun: RoomEntity | null }): z.infer<typeof RoomLine> {
  if (!begun)
    return { id, exercise: id.includes('~'), name: null, parent: null, begunBy: null, begunAt: null }
  const { name, parent, begunBy, begunAt } = begun
  return { id, exercise: true, name, parent, begunBy, begunAt }
}
