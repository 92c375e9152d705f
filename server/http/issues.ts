import { Refusal } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'

/** What zod tells of one thing that is wrong. */
export interface Issue {
  code?: string
  path?: readonly PropertyKey[]
  message: string
  expected?: string
  input?: unknown
  origin?: string
  maximum?: number | bigint
  minimum?: number | bigint
  inclusive?: boolean
  keys?: string[]
  values?: unknown[]
  errors?: Issue[][]
  format?: string
}

/** The first thing wrong, said so that a person can put it right. */
export function refuseIssues(issues: readonly Issue[]): Refusal {
  const issue = innermost(issues[0]!)
  const path = issue.path ?? []
  const { code, text, remedy, at } = explain(issue, path)
  return new Refusal(code, 400, text, remedy, at ?? pathText(path))
}

/** `from[3]`, `profile.heightM`; undefined for the whole body. */
export function pathText(path: readonly PropertyKey[]): string | undefined {
  let text = ''
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : text ? `.${String(step)}` : String(step)
  return text || undefined
}

/** Of a union's branches the one that the input came closest to: whose complaint lies deepest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || !issue.errors?.length) return issue
  const firsts = issue.errors.filter(e => e.length > 0).map(e => innermost(e[0]!))
  const depth = (i: Issue) =>
    (i.path?.length ?? 0) + (i.code === 'unrecognized_keys' || i.code === 'custom' ? 0.5 : 0)
  const inner = firsts.sort((a, b) => depth(b) - depth(a))[0]
  // A list too long or too short is the right shape with the wrong measure: its branch was meant.
  const measured = firsts.find(i => i.code === 'too_big' || i.code === 'too_small')
  if (measured && (!inner || depth(inner) === 0)) return { ...measured, path: issue.path }
  if (!inner || depth(inner) === 0) {
    const values = firsts.flatMap(i => (i.code === 'invalid_value' ? (i.values ?? []) : []))
    return { ...issue, code: 'invalid_value', values }
  }
  return { ...inner, path: [...(issue.path ?? []), ...(inner.path ?? [])] }
}

interface Said {
  code: string
  text: Text
  remedy?: Text
  at?: string
}

const PAIR: Text = { zh: '写成 [经度, 纬度]，两个数', en: 'Write [lon, lat], two numbers' }

function explain(issue: Issue, path: readonly PropertyKey[]): Said {
  const at = pathText(path)
  const where: Text = at ? { zh: at, en: at } : { zh: '正文', en: 'The body' }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const key = issue.keys![0]!
      return {
        code: 'unknown_field',
        text: { zh: `不认识的字段“${key}”`, en: `Unknown field "${key}"` },
        remedy: { zh: '字段名见 /api/docs', en: 'The names are in /api/docs' },
        at: pathText([...path, key]),
      }
    }
    case 'custom':
      return custom(issue, where)
    case 'invalid_type':
      return wrongType(issue, where)
    case 'too_big':
    case 'too_small':
      return outOfBounds(issue, where)
    case 'invalid_value': {
      const options = (issue.values ?? []).map(v => JSON.stringify(v)).join(' | ')
      const remedy = options ? { zh: `可用：${options}`, en: `One of: ${options}` } : undefined
      return {
        code: 'not_one_of',
        text: { zh: `${where.zh} 的值不对`, en: `${where.en} has no such value` },
        remedy,
      }
    }
    case 'invalid_format': {
      const isTime = issue.format === 'datetime'
      return {
        code: 'bad_format',
        text: { zh: `${where.zh} 的写法不对`, en: `${where.en} is not written as it should be` },
        remedy: isTime
          ? { zh: '写成 2026-07-19T02:17:00Z', en: 'Write 2026-07-19T02:17:00Z' }
          : {
              zh: '编号以小写字母开头，只含小写字母、数字和 -',
              en: 'Ids begin with a small letter and hold small letters, digits and - only',
            },
      }
    }
    default:
      return {
        code: 'bad_request',
        text: { zh: `${where.zh} 有误（${issue.message}）`, en: `${where.en} is wrong (${issue.message})` },
        remedy: { zh: '格式见 /api/docs', en: 'The format is in /api/docs' },
      }
  }
}

function custom({ message }: Issue, where: Text): Said {
  if (message === 'lon_lat_swapped') return swapped(where.en)
  if (message === 'not_on_earth') {
    const text = { zh: `${where.zh} 不在地球上`, en: `${where.en} is not on Earth` }
    return { code: message, text, remedy: PAIR }
  }
  return { code: 'bad_request', text: { zh: `${where.zh} 有误`, en: `${where.en}: ${message}` } }
}

export function swapped(where: string): Said {
  return {
    code: 'lon_lat_swapped',
    text: { zh: `${where}：经纬度颠倒`, en: `${where}: lon and lat look swapped` },
    remedy: PAIR,
  }
}

function wrongType({ expected, message }: Issue, where: Text): Said {
  const missing = /received undefined/.test(message)
  if (missing) {
    const text = { zh: `缺少 ${where.zh}`, en: `${where.en} is missing` }
    return {
      code: 'missing_field',
      text,
      remedy: { zh: '字段见 /api/docs', en: 'The fields are in /api/docs' },
    }
  }
  if (expected === 'number' || expected === 'int' || expected === 'nan') {
    const whole = expected === 'int'
    const text = whole
      ? { zh: `${where.zh} 应为整数`, en: `${where.en} should be a whole number` }
      : { zh: `${where.zh} 应为数`, en: `${where.en} should be a number` }
    return { code: 'not_a_number', text, remedy: { zh: '去掉引号和 null', en: 'No quotes, no null' } }
  }
  return {
    code: 'wrong_type',
    text: { zh: `${where.zh} 的类型应为 ${expected}`, en: `${where.en} should be of type ${expected}` },
    remedy: { zh: '格式见 /api/docs', en: 'The format is in /api/docs' },
  }
}

const BOUNDS = {
  closed: { big: { zh: '最多', en: 'at most' }, small: { zh: '最少', en: 'at least' } },
  open: { big: { zh: '小于', en: 'less than' }, small: { zh: '大于', en: 'more than' } },
}

function outOfBounds({ code, origin, maximum, minimum, inclusive }: Issue, where: Text): Said {
  const big = code === 'too_big'
  const limit = String(big ? maximum : minimum)
  const most = BOUNDS[inclusive === false ? 'open' : 'closed'][big ? 'big' : 'small']
  if (origin === 'array' && limit === '2' && !where.en.endsWith('coordinates')) {
    return {
      code: 'bad_point',
      text: { zh: `${where.zh} 不是一个点`, en: `${where.en} is not a point` },
      remedy: PAIR,
    }
  }
  if (origin === 'array') {
    return {
      code: big ? 'too_many' : 'too_few',
      text: { zh: `${where.zh} ${most.zh} ${limit} 个`, en: `${where.en} takes ${most.en} ${limit}` },
      remedy: big
        ? { zh: '分成几次请求', en: 'Split it into several requests' }
        : { zh: '补足再发', en: 'Add what is missing' },
    }
  }
  const what = origin === 'string' ? { zh: ' 个字', en: ' characters' } : { zh: '', en: '' }
  return {
    code: 'out_of_range',
    text: {
      zh: `${where.zh} ${most.zh} ${limit}${what.zh}`,
      en: `${where.en} takes ${most.en} ${limit}${what.en}`,
    },
    remedy: { zh: '取范围内的值', en: 'Use a value within that' },
  }
}
