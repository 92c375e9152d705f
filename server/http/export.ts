import { Hono } from 'hono'
import { z } from 'zod'
import { RoomId } from '../contract/county.ts'
import { REGISTERS, registerOf } from '../contract/registers/index.ts'
import type { Persons, RowPersons } from '../contract/registers/persons.ts'
import type { RecordPersons } from '../contract/registers/record.ts'
import { registerUnknown } from '../contract/registers/refusals.ts'
import { worldText } from '../journal/snapshots.ts'
import { sightOf } from '../journal/sight.ts'
import { viewWorld } from '../journal/view.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import type { Exchange } from './exchange.ts'
import { readPersons } from './persons-kept.ts'
import { need } from './rights.ts'
import { roomOf } from './situation.ts'
import { valid } from './valid.ts'
import { needRight, viewerOf } from './viewer.ts'

const RoomParam = z.object({ room: RoomId })
const Wanted = z.object({
  format: z.enum(['xlsx', 'csv', 'geojson', 'kml']).default('xlsx'),
  /** Keys, separated by commas; all of them when absent. */
  register: z.string().max(2000).optional(),
  lang: z.enum(['zh', 'en']).default('zh'),
  /** With names and telephone numbers: for whoever may see them. */
  persons: z.enum(['true', 'false']).default('false'),
})

/** Registers as a file, as the asker may see them; names and telephone numbers only where that is asked for. */
export const exports = (deps: Deps & { exchange: Exchange; persons?: Persons }) =>
  new Hono<Env>().get(
    '/',
    describe('态势 Rooms', '导出台账 / registers as a file', { type: 'application/octet-stream' }),
    need('read'),
    valid('param', RoomParam),
    valid('query', Wanted),
    async c => {
      const { county, room } = await roomOf(deps, c.req.valid('param').room)
      const { format, register, lang } = c.req.valid('query')
      const registers =
        register === undefined ? REGISTERS.map(({ key }) => key) : [...new Set(register.split(','))]
      const strange = registers.find(key => !registerOf(key))
      if (strange !== undefined) throw registerUnknown(strange)
      const { name, nameEn, fictional } = county.data.county
      const world = viewWorld(room.world(), sightOf(viewerOf(c)))
      const about = { fictional, at: deps.now().toISOString(), county: { zh: name, en: nameEn ?? name } }
      const asked = c.req.valid('query').persons === 'true'
      if (asked) needRight(viewerOf(c), 'readPersons')
      const kept =
        asked && deps.persons
          ? await readPersons(c, { persons: deps.persons, now: deps.now }, room, { register: registers })
          : []
      const made = await deps.exchange.write(
        { format, registers, lang, ...about, ...(asked ? { persons: kept.map(recordPersons) } : {}) },
        await worldText(world, {}),
        { signal: c.req.raw.signal },
      )
      if (asked) c.header('cache-control', 'no-store')
      return c.body(made.bytes as Uint8Array<ArrayBuffer>, 200, {
        'content-type': made.type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(made.name)}`,
      })
    },
  )

/** Without who saved them when. */
const recordPersons = ({ register, id, name, nameEn, fields }: RowPersons): RecordPersons => ({
  register,
  id,
  ...(name === undefined ? {} : { name }),
  ...(nameEn === undefined ? {} : { nameEn }),
  fields,
})
