import { Hono } from 'hono'
import type { Context } from 'hono'
import { z as zod } from 'zod'
import { Refusal } from '../contract/errors.ts'
import { notModified } from './answer.ts'
import type { Deps, Env, TileLayer } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { countyOf } from './situation.ts'
import { valid } from './valid.ts'

const TYPES = { base: 'application/vnd.mapbox-vector-tile', terrain: 'image/png' } as const
const MAX_ZOOM = 22

const TileParam = zod.object({
  county: zod.string(),
  z: zod.string().meta({ example: '12' }),
  x: zod.string().meta({ example: '2065' }),
  y: zod.string().meta({ description: '行号加 .mvt 或 .png / row with .mvt or .png', example: '1511.mvt' }),
})

export const tiles = (deps: Deps) =>
  new Hono<Env>()
    .get(
      '/:county/base/:z/:x/:y{\\d+\\.mvt}',
      describe('县 County', '底图矢量瓦片 / base map', { type: TYPES.base }),
      need('read'),
      valid('param', TileParam),
      c => send(deps, c, 'base', c.req.valid('param')),
    )
    .get(
      '/:county/terrain/:z/:x/:y{\\d+\\.png}',
      describe('县 County', '地形瓦片 / terrain', { type: TYPES.terrain }),
      need('read'),
      valid('param', TileParam),
      c => send(deps, c, 'terrain', c.req.valid('param')),
    )

type Params = Record<'county' | 'z' | 'x' | 'y', string>

/** 204 where there is no tile. `?v=` + the part's hash may be kept for ever; without it, it is asked again. */
async function send(deps: Deps, c: Context<Env>, layer: TileLayer, params: Params): Promise<Response> {
  const { data, id } = countyOf(deps, params.county)
  const part = data.county.parts[layer]
  const { z, x, y } = tileOf(params)
  if (!part) return c.body(null, 204)
  const forEver = c.req.query('v') === part.sha256
  c.header('cache-control', forEver ? 'private, max-age=31536000, immutable' : 'no-cache')
  const same = notModified(c, `${part.sha256.slice(0, 16)}-${z}-${x}-${y}`)
  if (same) return same
  const bytes = await deps.tiles.read(id, layer, z, x, y)
  if (!bytes) return c.body(null, 204)
  c.header('content-type', TYPES[layer])
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) c.header('content-encoding', 'gzip')
  return c.body(bytes as Uint8Array<ArrayBuffer>)
}

/** @throws Refusal 400 `bad_tile` */
function tileOf(params: Params): { z: number; x: number; y: number } {
  const [z, x, y] = [params.z, params.x, params.y.split('.')[0]].map(s =>
    /^\d{1,8}$/.test(s!) ? Number(s) : -1,
  )
  const side = 2 ** z!
  if (z! >= 0 && z! <= MAX_ZOOM && x! >= 0 && x! < side && y! >= 0 && y! < side)
    return { z: z!, x: x!, y: y! }
  throw new Refusal(
    'bad_tile',
    400,
    { zh: '没有这样的瓦片编号', en: 'There is no tile of that number' },
    { zh: '用 XYZ 编号：0 ≤ x, y < 2^z', en: 'Number tiles as XYZ: 0 ≤ x, y < 2^z' },
  )
}
