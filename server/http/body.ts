import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../contract/errors.ts'
import type { Env } from './context.ts'

export const BODY_BYTES = 2 * 1024 * 1024

/** A file, read by its route. A page of another site cannot send this type either without asking first. */
const FILE = { path: /^\/api\/rooms\/[^/]+\/imports$/, type: 'application/octet-stream' }

/** Reads a JSON body, counted while it comes in. Every route after this finds it parsed. */
export const jsonBody: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== 'POST' && c.req.method !== 'PUT' && c.req.method !== 'PATCH') return next()
  const type = c.req.header('content-type') ?? ''
  if (FILE.path.test(c.req.path) && type === FILE.type) return next()
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) throw notJson(type)
  if (Number(c.req.header('content-length') ?? 0) > BODY_BYTES) throw tooLarge()
  const value = parse(await readText(c.req.raw.body))
  c.req.json = async <T>() => value as T
  return next()
}

async function readText(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (body) {
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > BODY_BYTES) throw tooLarge()
      chunks.push(chunk)
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (e) {
    const why = (e as Error).message
    const notNumber = /[[:,]\s*-?(NaN|Infinity)\b/.test(text)
    throw new Refusal(
      'bad_json',
      400,
      { zh: `请求正文不是合法的 JSON：${why}`, en: `The body is not valid JSON: ${why}` },
      notNumber
        ? { zh: 'JSON 里没有 NaN 和 Infinity', en: 'JSON knows no NaN and no Infinity' }
        : { zh: '检查引号、逗号和括号', en: 'Check quotes, commas and brackets' },
    )
  }
}

function tooLarge(): Refusal {
  return new Refusal(
    'body_too_large',
    413,
    { zh: '请求正文超过 2 MB', en: 'The body is larger than 2 MB' },
    { zh: '分成几次请求', en: 'Split it into several requests' },
  )
}

function notJson(type: string): Refusal {
  return new Refusal(
    'not_json',
    400,
    { zh: `只接受 JSON，收到的是“${type}”`, en: `Only JSON is taken; this came as "${type}"` },
    { zh: '加上 Content-Type: application/json', en: 'Send Content-Type: application/json' },
  )
}
