import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { Key } from '../contract/commands.ts'
import type { CommandInput } from '../contract/commands.ts'
import { RoomId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import { DATUMS } from '../contract/registers/exchange.ts'
import { registerOf } from '../contract/registers/index.ts'
import type { Persons } from '../contract/registers/persons.ts'
import type { RecordPersons } from '../contract/registers/record.ts'
import { registerUnknown } from '../contract/registers/refusals.ts'
import { rightsOf } from '../contract/viewer.ts'
import { worldText } from '../journal/snapshots.ts'
import { sendJson } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import type { Exchange } from './exchange.ts'
import { FILE_LIMIT_MS } from './exchange.thread.ts'
import { KeptPreviews } from './imports.kept.ts'
import { inTurn, readPersons } from './persons-kept.ts'
import { need } from './rights.ts'
import { roomOf } from './situation.ts'
import { valid } from './valid.ts'
import { needRight, viewerOf } from './viewer.ts'

const MOST_BYTES = 50 * 1024 * 1024

const RoomParam = z.object({ room: RoomId })
const ImportParam = RoomParam.extend({ id: z.string().max(40) })
const Watched = z.string().min(1).max(64)
const WatchParam = RoomParam.extend({ watch: Watched })
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
  /** Under this name, the asker's own, `progress` tells how far it is. */
  watch: Watched.optional(),
})
const Apply = z.strictObject({ key: Key })
const Progress = z.object({
  /** Null = not known here: not begun, or done. */
  share: z.number().nullable(),
  limitS: z.number(),
})

/** A file of registers: first what it would do, row by row; then, told to, all of it in one change. */
export function imports(deps: Deps & { exchange: Exchange; persons?: Persons }): Hono<Env> {
  const kept = new KeptPreviews(deps.now)
  /** By account and the name that it gave. */
  const progress = new Map<string, number>()
  const nameOf = (c: Context<Env>, watch: string): string => `${viewerOf(c).id} ${watch}`

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
        const { file, register, watch, ...as } = c.req.valid('query')
        if (register !== undefined && !registerOf(register)) throw registerUnknown(register)
        const viewer = viewerOf(c)
        const bytes = await readBody(c)
        const world = room.world()
        const may = deps.persons && rightsOf(viewer.role).has('readPersons')
        const persons = may ? await readPersons(c, { persons: deps.persons!, now: deps.now }, room) : null
        const { bbox } = county.data.county
        const { border } = county.data
        const worldJson = await worldText(world, {})
        const name = watch === undefined ? null : nameOf(c, watch)
        try {
          const { json, ...made } = await deps.exchange.preview(
            file,
            bytes,
            { ...as, ...(register === undefined ? {} : { register }) },
            { bbox, border, graph: county.graph, worldJson, persons },
            {
              progress: share => name !== null && progress.set(name, share),
              signal: c.req.raw.signal,
            },
          )
          const id = kept.keep({ room: room.id, actor: viewer.id, ...made })
          return sendJson(c, withId(id, world.seq, json), 201)
        } finally {
          if (name !== null) progress.delete(name)
        }
      },
    )
    .get(
      '/progress/:watch',
      describe('态势 Rooms', '自己的文件核对到哪里 / how far one’s own file is', { schema: Progress }),
      need('editRecords'),
      valid('param', WatchParam),
      c => {
        const share = progress.get(nameOf(c, c.req.valid('param').watch)) ?? null
        return c.json({ share, limitS: FILE_LIMIT_MS / 1000 })
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
        const viewer = viewerOf(c)
        const found = kept.get(id, room.id, viewer.id)
        if (!found) throw importUnknown()
        if (!found.command) throw nothingToImport()
        // Made and checked by our own thread from the file's bytes; what it rests on is checked by the verb.
        const input = parse<CommandInput<'importRecords'>>(found.command)
        const persons = parse<RecordPersons[]>(found.persons)
        if (persons.length > 0) needRight(viewer, 'readPersons')
        const by = { actor: viewer.id, key: c.req.valid('json').key }
        const seq = await inTurn(room, async () => {
          const change = await room.run({ name: 'importRecords', input }, by)
          // Rows and traces stand; should it end here, the same file applied again brings the persons.
          if (persons.length > 0) await deps.persons!.save(room.id, persons, { by: viewer.id, at: change.at })
          return change.seq
        })
        return c.json({ seq })
      },
    )
}

const parse = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString('utf8')) as T

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

const nothingToImport = () =>
  new Refusal(
    'nothing_to_import',
    409,
    { zh: '文件里没有要改的，什么都没有改变', en: 'The file changes nothing; nothing was done' },
    { zh: '不必导入', en: 'There is nothing to import' },
  )
