import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { ErrorBody } from '../contract/errors.ts'

type Group =
  | '县 County'
  | '计算 Compute'
  | '封闭 Closures'
  | '态势 Rooms'
  | 'GIS (OGC API – Features)'
  | '账户 Accounts'
  | '服务 Service'
interface Answer {
  status?: number
  /** What the answer is; JSON unless `type` says otherwise. */
  schema?: z.ZodType
  type?: string
}

/** How a route stands in `/api/docs`: one line in both languages, its answer, and what a refusal looks like. */
export function describe(group: Group, summary: string, { status = 200, schema, type }: Answer = {}) {
  const media = type ?? 'application/json'
  return describeRoute({
    tags: [group],
    summary,
    responses: {
      [status]: {
        description: 'OK',
        content: { [media]: { schema: schema ? resolver(schema) : {} } },
      },
      '4XX': {
        description: '拒绝：原因、位置、办法 / Refused: why, where, remedy',
        content: { 'application/json': { schema: resolver(ErrorBody) } },
      },
    },
  })
}

/** Path parameters, so that they are documented. */
export const CountyParam = z.object({ id: z.string() })
