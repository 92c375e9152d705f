import type { Context } from 'hono'
import { FICTIONAL_MARK } from '../contract/county.ts'
import type { ServedCounty } from './context.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** JSON that is bytes already. */
export function sendJson(c: Context, json: Uint8Array, status: 200 | 201 = 200): Response {
  return c.body(json as Uint8Array<ArrayBuffer>, status, { 'content-type': JSON_TYPE })
}

const MARK = Buffer.from(`{"fictional":${JSON.stringify(FICTIONAL_MARK)},`)

/** An answer about a county, a JSON object with members; that of an invented county says so first. */
export function sendAnswer(c: Context, { data }: Pick<ServedCounty, 'data'>, json: Uint8Array): Response {
  return sendJson(c, data.county.fictional ? Buffer.concat([MARK, json.subarray(1)]) : json)
}

/** 304 when the asker has it already; sets ETag either way. */
export function notModified(c: Context, sha256: string): Response | null {
  const etag = `"${sha256}"`
  c.header('etag', etag)
  const asked = c.req.header('if-none-match')
  const same = asked?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*')
  return same ? c.body(null, 304) : null
}
