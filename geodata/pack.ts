import { z } from 'zod'
import { CountyId } from '../server/contract/county.ts'
import { Refusal } from '../server/contract/errors.ts'
import { decodeUtf8 } from './formats/text.ts'

/** `pack.json` beside the data: what a folder says of its county. Everything may be left out. */
export const Pack = z.strictObject({
  id: CountyId.optional(),
  name: z.string().trim().min(1).max(60).optional(),
  nameEn: z.string().trim().min(1).max(60).optional(),
  /** The county's code of six digits. */
  adcode: z
    .string()
    .regex(/^\d{6}$/, 'not_six_digits')
    .optional(),
  /** IANA name, e.g. Asia/Shanghai. */
  timeZone: z.string().refine(isTimeZone, 'not_a_time_zone').optional(),
  /** True for an invented county; false takes no mark away that the data itself carries. */
  fictional: z.boolean().optional(),
  attribution: z.array(z.string().trim().min(1).max(200)).max(20).optional(),
})
export type Pack = z.infer<typeof Pack>

/** @throws Refusal pack_unreadable naming the field */
export function readPack(bytes: Uint8Array): Pack {
  let json: unknown
  try {
    json = JSON.parse(decodeUtf8('pack.json', bytes).replace(/^\ufeff/, ''))
  } catch {
    throw bad('不是可读的 JSON（UTF-8）', 'is no readable JSON (UTF-8)')
  }
  const parsed = Pack.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ')
    throw bad(`有不认识的字段 ${keys}`, `has unknown fields: ${keys}`)
  }
  const field = issue.path.join('.')
  throw bad(`的字段 ${field} 不合要求`, `has a field that will not do: ${field} (${issue.message})`)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

const bad = (zh: string, en: string): Refusal =>
  new Refusal(
    'pack_unreadable',
    422,
    { zh: `pack.json ${zh}`, en: `pack.json ${en}` },
    {
      zh: '可用字段：id（小写字母、数字、-）、name、nameEn、adcode（六位代码）、timeZone（如 Asia/Shanghai）、fictional、attribution。',
      en: 'Fields: id (lower-case letters, digits, -), name, nameEn, adcode (six digits), timeZone (like Asia/Shanghai), fictional, attribution.',
    },
    'pack.json',
  )
