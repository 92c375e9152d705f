import { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Key } from '../contract/commands.ts'
import { RoomId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'
import { valueFault } from '../contract/registers/check-value.ts'
import { registerOf } from '../contract/registers/index.ts'
import { personalColumns, personsOfRows, RowPersons } from '../contract/registers/persons.ts'
import type { Persons, PersonsToSave } from '../contract/registers/persons.ts'
import type { Register } from '../contract/registers/register.ts'
import type { Room } from '../journal/room.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { inTurn, readPersons } from './persons-kept.ts'
import { need } from './rights.ts'
import { roomOf } from './situation.ts'
import { valid } from './valid.ts'
import { needRight, viewerOf } from './viewer.ts'

const RoomParam = z.object({ room: RoomId })
const RowParam = RoomParam.extend({ register: z.string().max(64), id: z.string().max(64) })
const Wanted = z.object({ register: z.string().max(64).optional(), id: z.string().max(64).optional() })
const Name = z.string().trim().min(1).max(120)
const Rev = z.coerce.number().int().positive()
const Erased = z.object({ ifRev: Rev.optional() })
const Saved = z.strictObject({
  key: Key,
  /** `rev` as it was read when the edit began; null = nobody had saved any here. */
  ifRev: z.number().int().positive().nullable(),
  name: Name.optional(),
  nameEn: Name.optional(),
  fields: z.record(z.string(), z.string().trim().max(200).nullable()),
})

/** Names and telephone numbers, for those who may see them. That they were changed stands in the journal; they do not. */
export const persons = (deps: Deps & { persons: Persons }) =>
  new Hono<Env>()
    .get(
      '/',
      describe('态势 Rooms', '姓名和电话 / names and telephone numbers', {
        schema: z.object({ persons: z.array(RowPersons) }),
      }),
      need('readPersons'),
      valid('param', RoomParam),
      valid('query', Wanted),
      async c => {
        const { room } = await roomOf(deps, c.req.valid('param').room)
        const { register, id } = c.req.valid('query')
        c.header('cache-control', 'no-store')
        const asked = { ...(register === undefined ? {} : { register: [register] }), id }
        return c.json({ persons: await readPersons(c, deps, room, asked) })
      },
    )
    .put(
      '/:register/:id',
      describe('态势 Rooms', '保存一行的姓名和电话 / save those of a row', {
        schema: z.object({ seq: z.number() }),
      }),
      need('editRecords'),
      valid('param', RowParam),
      valid('json', Saved),
      async c => {
        const { key, ifRev, name, nameEn, fields } = c.req.valid('json')
        const { register, id, room } = await rowOf(deps, c.req.valid('param'))
        const viewer = viewerOf(c)
        needRight(viewer, 'readPersons')
        checkFields(register, fields)
        if (!register.persons && (name !== undefined || nameEn !== undefined)) throw notAPerson(register)
        const english = nameEn === undefined ? {} : { nameEn }
        const named = name === undefined ? {} : { name, ...english }
        const kept = { register: register.key, id, ...named, fields }
        const trace = { columns: Object.keys(fields), ifRev }
        const seq = await save(deps.persons, room, kept, trace, { actor: viewer.id, key })
        return c.json({ seq })
      },
    )
    .delete(
      '/:register/:id',
      describe('态势 Rooms', '抹去一行的姓名和电话 / erase those of a row', {
        schema: z.object({ seq: z.number() }),
      }),
      need('editRecords'),
      valid('param', RowParam),
      valid('query', Erased),
      async c => {
        const q = c.req.valid('param')
        const viewer = viewerOf(c)
        needRight(viewer, 'readPersons')
        const { room: gone } = await roomOf(deps, q.room)
        if (registerOf(q.register) && !gone.world().kinds.get(q.register)?.has(q.id)) {
          // The row is gone already: nothing is left to note it beside.
          // Not before what was saved last, whatever this machine's clock says.
          const [now, last] = [deps.now().toISOString(), gone.world().at ?? '']
          const at = now > last ? now : last
          const nothing = { register: q.register, id: q.id, erased: true as const }
          await inTurn(gone, () => deps.persons.save(gone.id, [nothing], { by: viewer.id, at }))
          return c.json({ seq: gone.world().seq })
        }
        const { register, id, room } = await rowOf(deps, q)
        const key = Key.catch(() => randomUUID()).parse(c.req.header('idempotency-key'))
        const { ifRev } = c.req.valid('query')
        const trace = { columns: ['*'], ...(ifRev === undefined ? {} : { ifRev }) }
        const nothing = { register: register.key, id, erased: true as const }
        const seq = await save(deps.persons, room, nothing, trace, { actor: viewer.id, key })
        return c.json({ seq })
      },
    )

async function rowOf(
  deps: Deps,
  q: z.infer<typeof RowParam>,
): Promise<{ register: Register; id: string; room: Room }> {
  const { room } = await roomOf(deps, q.room)
  const register = registerOf(q.register)
  if (!register || !room.world().kinds.get(register.key)?.has(q.id)) {
    throw new Refusal(
      'record_unknown',
      404,
      { zh: `没有 ${q.register}/${q.id} 这一行`, en: `There is no row ${q.register}/${q.id}` },
      { zh: '先录入那一行', en: 'Enter that row first' },
      'id',
    )
  }
  return { register, id: q.id, room }
}

/**
 * The trace comes first: a value that was saved and left none would be worse than the other way round.
 * @throws Refusal 409 `record_changed` with what stands there now
 */
async function save(
  kept: Persons,
  room: Room,
  one: PersonsToSave,
  trace: { columns: string[]; ifRev?: number | null },
  by: { actor: string; key: string },
): Promise<number> {
  const { register, id } = one
  return inTurn(room, async () => {
    try {
      const { seq, at } = await room.run({ name: 'notePersons', input: { register, id, ...trace } }, by)
      await kept.save(room.id, [one], { by: by.actor, at })
      return seq
    } catch (e) {
      if (!(e instanceof Refusal) || e.code !== 'record_changed') throw e
      const now = personsOfRows(room.world(), await kept.all(room.id))
      const current = now.find(other => other.register === register && other.id === id)
      throw new Refusal(e.code, e.status, e.text, e.remedy, e.at, { current })
    }
  })
}

function checkFields(register: Register, fields: Record<string, string | null>): void {
  const columns = new Map(personalColumns(register).map(column => [column.key, column]))
  for (const [key, value] of Object.entries(fields)) {
    const column = columns.get(key)
    if (!column)
      throw bad(key, { zh: `“${key}”不是这张台账的人员列`, en: `"${key}" is no column of persons here` })
    const fault = value === null ? null : valueFault(column, value)
    if (fault) {
      const { head } = column
      throw bad(
        key,
        { zh: `“${head.zh}”${fault.text.zh}`, en: `"${head.en}" ${fault.text.en}` },
        fault.remedy,
      )
    }
  }
}

const bad = (at: string, text: Text, remedy?: Text) => new Refusal('persons_bad', 422, text, remedy, at)

const notAPerson = ({ sheet }: Register) =>
  bad('name', { zh: `“${sheet.zh}”的行不是人`, en: `A row of ${sheet.en} is no person` })
