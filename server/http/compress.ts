import type { MiddlewareHandler } from 'hono'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Env } from './context.ts'

const MIN_BYTES = 1024
const TEXTS = /^(application\/(json|javascript|manifest\+json)|text\/(?!event-stream)|image\/svg)/
const br = promisify(brotliCompress)
const gz = promisify(gzip)
/** Quality 4 costs about what gzip does and is smaller. */
const BR = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** Compresses text answers, off the main thread. Tiles are gzip already, the stream must not wait. */
export const compressed: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { headers, body, status } = c.res
  const text = TEXTS.test(headers.get('content-type') ?? '')
  if (!text) return
  headers.append('vary', 'accept-encoding')
  if (!body || status === 304 || c.req.method === 'HEAD' || headers.has('content-encoding')) return
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  if (!encoding) return
  const bytes = new Uint8Array(await c.res.arrayBuffer())
  const small = bytes.length < MIN_BYTES
  const sent = small ? bytes : await (encoding === 'br' ? br(bytes, BR) : gz(bytes))
  if (!small) headers.set('content-encoding', encoding)
  headers.set('content-length', String(sent.length))
  c.res = new Response(new Uint8Array(sent), { status, headers })
}
