import { Hono } from 'hono'
import { z } from 'zod'
import { CountyId, RoomId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import { LonLat } from '../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../contract/settings.ts'
import { sendAnswer } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

const NearestRoadRequest = z.strictObject({ county: CountyId, room: RoomId.optional(), at: LonLat })
const NearestRoadAnswer = z.object({
  fictional: z.string().optional(),
  edge: z.number().int(),
  way: z.number().int(),
  name: z.string(),
  ref: z.string(),
  class: z.string(),
  distanceM: z.number(),
  at: LonLat,
  line: z.array(LonLat),
})

export const nearestRoad = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '最近的道路 / the nearest road', { schema: NearestRoadAnswer }),
    need('read'),
    valid('json', NearestRoadRequest),
    async c => {
      const q = c.req.valid('json')
      const { county } = await situate(deps, q)
      const maxM = DEFAULT_SETTINGS.snapLimitM.value
      const json = await deps.compute.call(county.id, 'nearestRoad', q.at, maxM)
      if (json.length === 'null'.length) throw offNetwork(maxM)
      return sendAnswer(c, county, json)
    },
  )

function offNetwork(maxM: number): Refusal {
  return new Refusal(
    'off_network',
    422,
    { zh: `${maxM} 米内没有道路`, en: `No road within ${maxM} m` },
    { zh: '点在离道路更近的地方', en: 'Choose a point nearer to a road' },
    'at',
  )
}
