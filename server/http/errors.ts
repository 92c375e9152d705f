import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Refusal } from '../contract/errors.ts'
import type { ErrorBody, Lang } from '../contract/errors.ts'
import type { Env } from './context.ts'
import { say } from './lang.ts'

/** The one place where a refusal becomes an answer. Particulars travel beside the message. */
export function errorBody(e: Refusal, lang: Lang | null): ErrorBody {
  const body: ErrorBody = { code: e.code, message: say(e.text, lang) }
  if (e.at !== undefined) body.at = e.at
  if (e.remedy) body.remedy = say(e.remedy, lang)
  return { ...body, ...e.details, ...body }
}

export function onError(e: Error, c: Context<Env>): Response {
  const refusal = e instanceof Refusal ? e : unforeseen(e, c)
  if (refusal.code === 'right_missing') tellRefused(c, refusal)
  const wait = refusal.details?.retryAfterS
  if (typeof wait === 'number') c.header('retry-after', String(wait))
  if (refusal.status === 401) c.header('www-authenticate', 'Bearer realm="Fengtu"')
  return c.json(errorBody(refusal, c.get('lang') ?? null), refusal.status)
}

/** Who asked for what without the right to. The path's query may hold anything and is left out. */
function tellRefused(c: Context<Env>, { details }: Refusal): void {
  const { id, role } = c.get('viewer')!
  console.warn(`拒绝 refused: ${id} (${role}) ${c.req.method} ${c.req.path} – ${String(details?.right)}`)
}

function unforeseen(e: Error, c: Context): Refusal {
  if (e instanceof HTTPException && e.status < 500) return badRequest(e.message)
  console.error(`${c.req.method} ${c.req.path}`, e)
  if (DISK.test(String((e as { code?: unknown }).code))) return diskRefuses()
  return new Refusal(
    'internal',
    500,
    { zh: '服务器内部出错', en: 'Something went wrong in the server' },
    { zh: '请把服务器输出的这段错误报告给维护者', en: 'Report what the server printed to those who keep it' },
  )
}

/** What a database in a file says of a disk that is full, read-only or gone, or of a lock that lasts. */
const DISK = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY)/

const diskRefuses = () =>
  new Refusal(
    'store_unavailable',
    503,
    { zh: '数据写不进去，没有保存', en: 'The data cannot be written; nothing was saved' },
    {
      zh: '检查数据目录所在磁盘是否已满或只读，然后重试',
      en: 'Check whether the disk of the data folder is full or read-only, then try again',
    },
  )

function badRequest(why: string): Refusal {
  return new Refusal('bad_request', 400, { zh: `请求有误：${why}`, en: `Bad request: ${why}` })
}

export function countyUnknown(id: string): Refusal {
  return new Refusal(
    'county_unknown',
    404,
    { zh: `没有载入名为“${id}”的县`, en: `No county "${id}" is loaded` },
    { zh: '看 /api/counties，或用 npm run import 导入', en: 'See /api/counties, or npm run import' },
    'county',
  )
}
