import { Hono } from 'hono'
import { z } from 'zod'
import { RoomId } from '../contract/county.ts'
import { REGISTERS, registerOf } from '../contract/registers/index.ts'
import { registerUnknown } from '../contract/registers/refusals.ts'
import { worldText } from '../journal/snapshots.ts'
import { audienceOf, viewWorld } from '../journal/view.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import type { Exchange } from './exchange.ts'
import { need } from './rights.ts'
import { roomOf } from './situation.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

const RoomParam = z.object({ room: RoomId })
const Wanted = z.object({
  format: z.enum(['xlsx', 'csv', 'geojson', 'kml']).default('xlsx'),
  /** Keys, separated by commas; all of them when absent. */
  register: z.string().max(2000).optional(),
  lang: z.enum(['zh', 'en']).default('zh'),
})

/** Registers as a file, as the asker may see them, without names and telephone numbers. */
export const exports = (deps: Deps & { exchange: Exchange }) =>
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
      const world = viewWorld(room.world(), audienceOf(viewerOf(c).role))
      const about = { fictional, at: deps.now().toISOString(), county: { zh: name, en: nameEn ?? name } }
      const made = await deps.exchange.write(
        { format, registers, lang, ...about },
        await worldText(world, {}),
      )
      return c.body(made.bytes as Uint8Array<ArrayBuffer>, 200, {
        'content-type': made.type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(made.name)}`,
      })
    },
  )
