import { Hono } from 'hono'
import type { Context } from 'hono'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { COMMANDS, Key } from '../contract/commands.ts'
import { RoomId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import { DATUMS } from '../contract/registers/exchange.ts'
import type { SaveRecordsInput } from '../contract/registers/exchange.ts'
import { registerOf } from '../contract/registers/index.ts'
import { registerUnknown } from '../contract/registers/refusals.ts'
import { worldText } from '../journal/snapshots.ts'
import { sendJson } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import type { Exchange } from './exchange.ts'
import { need } from './rights.ts'
import { roomOf } from './situation.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

const MOST_BYTES = 50 * 1024 * 1024
/** Previews are kept this long, and so many of them. */
const KEPT_MS = 30 * 60_000
const MOST_KEPT = 20

const RoomParam = z.object({ room: RoomId })
const ImportParam = RoomParam.extend({ id: z.string().max(40) })
const Flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(text => text === 'true')
const Upload = z.object({
  file: z.string().min(1).max(200),
  datum: z.enum(DATUMS).default('wgs84'),
  register: z.string().max(64).optional(),
  dropMissing: Flag,
  blanks: z.enum(['unknown', 'keep']).default('unknown'),
})
const Apply = z.strictObject({ key: Key })

interface Kept {
  room: string
  actor: string
  at: number
  command: SaveRecordsInput
}

/** A file of registers: first what it would do, row by row; then, told to, all of it in one change. */
export function imports(deps: Deps & { exchange: Exchange }): Hono<Env> {
  const kept = new Map<string, Kept>()
  const forgetOld = (): void => {
    const now = deps.now().getTime()
    for (const [id, { at }] of kept) if (now - at > KEPT_MS || kept.size > MOST_KEPT) kept.delete(id)
  }

  return new Hono<Env>()
    .post(
      '/',
      describe(
        '态势 Rooms',
        '预览台账文件（正文即文件） / preview a file of registers, the body being the file',
      ),
      need('editRecords'),
      valid('param', RoomParam),
      valid('query', Upload),
      async c => {
        const { county, room } = await roomOf(deps, c.req.valid('param').room)
        const { file, register, ...as } = c.req.valid('query')
        if (register !== undefined && !registerOf(register)) throw registerUnknown(register)
        const bytes = await readBody(c)
        const world = room.world()
        const { bbox } = county.data.county
        const made = await deps.exchange.preview(
          file,
          bytes,
          { ...as, ...(register === undefined ? {} : { register }) },
          { bbox, border: county.data.border, graph: county.graph, worldJson: await worldText(world, {}) },
        )
        const id = randomUUID()
        kept.set(id, {
          room: room.id,
          actor: viewerOf(c).id,
          at: deps.now().getTime(),
          command: made.command,
        })
        forgetOld()
        return sendJson(c, withId(id, world.seq, made.json), 201)
      },
    )
    .post(
      '/:id/apply',
      describe('态势 Rooms', '照预览导入，全部或全不 / apply a preview, all or nothing', {
        schema: z.object({ seq: z.number().int() }),
      }),
      need('editRecords'),
      valid('param', ImportParam),
      valid('json', Apply),
      async c => {
        const { room: roomId, id } = c.req.valid('param')
        const { room } = await roomOf(deps, roomId)
        const found = kept.get(id)
        const actor = viewerOf(c).id
        if (!found || found.room !== room.id || found.actor !== actor) throw importUnknown()
        // Checked like any command: what came out of a file is no safer than what came over the wire.
        const input = COMMANDS.saveRecords.parse(found.command)
        const { seq } = await room.run(
          { name: 'saveRecords', input },
          { actor, key: c.req.valid('json').key },
        )
        return c.json({ seq })
      },
    )
}

function withId(id: string, seq: number, json: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`{"id":"${id}","seq":${seq},`), json.subarray(1)])
}

async function readBody(c: Context<Env>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw fileTooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const fileTooLarge = () =>
  new Refusal(
    'file_too_large',
    413,
    { zh: '文件超过 50 MB', en: 'The file is larger than 50 MB' },
    { zh: '按台账分成几个文件', en: 'Split it by register' },
  )

const importUnknown = () =>
  new Refusal(
    'import_unknown',
    404,
    { zh: '这份预览已过期，或是别人的', en: 'This preview has expired, or is somebody else’s' },
    { zh: '重新选择文件预览', en: 'Choose the file again for a new preview' },
    'id',
  )
