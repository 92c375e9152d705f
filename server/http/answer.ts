import type { Context } from 'hono'

const JSON_TYPE = 'application/json; charset=utf-8'

/** JSON that is bytes already. */
export function sendJson(c: Context, json: Uint8Array, status: 200 | 201 = 200): Response {
  return c.body(json as Uint8Array<ArrayBuffer>, status, { 'content-type': JSON_TYPE })
}

/** 304 when the asker has it already; sets ETag either way. */
export function notModified(c: Context, sha256: string): Response | null {
  const etag = `"${sha256}"`
  c.header('etag', etag)
  const asked = c.req.header('if-none-match')
  const same = asked?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*')
  return same ? c.body(null, 304) : null
}
