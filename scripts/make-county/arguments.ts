import { Refusal, type Text } from '../../server/contract/errors.ts'

export interface MakeArguments {
  seed: number
  widthKm: number
  heightKm: number
  /** Where the pack goes; none = the packs of the data folder. */
  out?: string
  /** Only the empty registers. */
  empty: boolean
}

export const USAGE: Text = {
  zh: '用法：npm run make-county -- [--seed 7] [--size 60km 或 45x40km] [--out 文件夹] [--empty]',
  en: 'Usage: npm run make-county -- [--seed 7] [--size 60km or 45x40km] [--out FOLDER] [--empty]',
}

/** The demonstration county: 青岭县 as everybody sees it. */
export const DEFAULTS = { seed: 1, widthKm: 45, heightKm: 40 } as const

/** Below, 14 townships do not fit; above, a maker's memory does not. */
const LEAST_KM = 12
const MOST_KM = 80
const MOST_SEED = 2 ** 31 - 1

/** @throws Refusal usage, bad_seed, bad_size */
export function readArguments(args: readonly string[]): MakeArguments {
  const found: MakeArguments = { ...DEFAULTS, empty: false }
  for (let i = 0; i < args.length; i++) {
    const at = args[i].startsWith('--') ? args[i].indexOf('=') : -1
    const option = at < 0 ? args[i] : args[i].slice(0, at)
    const value = (): string => {
      const given = at < 0 ? args[++i] : args[i].slice(at + 1)
      if (given !== undefined && given.trim() !== '') return given.trim()
      throw usage(`选项 ${option} 后面缺少值`, `The option ${option} lacks its value`)
    }
    if (option === '--empty' && at < 0) found.empty = true
    else if (option === '--seed') found.seed = readSeed(value())
    else if (option === '--size') [found.widthKm, found.heightKm] = readSize(value())
    else if (option === '--out') found.out = value()
    else throw usage(`不认识的选项 ${args[i]}`, `Unknown option ${args[i]}`)
  }
  return found
}

function readSeed(text: string): number {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (seed <= MOST_SEED) return seed
  throw new Refusal(
    'bad_seed',
    422,
    { zh: `“${text}”不能作种子`, en: `"${text}" cannot be a seed` },
    {
      zh: `请给 0 至 ${MOST_SEED} 的整数，如 --seed 7。`,
      en: `Give a whole number 0–${MOST_SEED}, like --seed 7.`,
    },
  )
}

/** "60km", "60", "45x40km", "45×40". */
function readSize(text: string): [number, number] {
  const match = /^(\d{1,4}(?:\.\d+)?)(?:\s*[x×*]\s*(\d{1,4}(?:\.\d+)?))?\s*(?:km)?$/i.exec(text)
  if (!match) {
    throw badSize(`看不懂大小“${text}”`, `The size "${text}" cannot be read`)
  }
  const width = Number(match[1])
  const height = Number(match[2] ?? match[1])
  if (Math.min(width, height) < LEAST_KM) {
    throw badSize(
      `${width} × ${height} 公里放不下 14 个乡镇和全部登记对象`,
      `${width} × ${height} km cannot hold 14 townships and all that is registered`,
    )
  }
  if (Math.max(width, height) > MOST_KM) {
    throw badSize(`${width} × ${height} 公里超过一县的范围`, `${width} × ${height} km is more than a county`)
  }
  return [width, height]
}

const badSize = (zh: string, en: string): Refusal =>
  new Refusal(
    'bad_size',
    422,
    { zh, en },
    {
      zh: `请给 ${LEAST_KM} 至 ${MOST_KM} 公里，如 --size 60km 或 --size 45x40km。`,
      en: `Give ${LEAST_KM} to ${MOST_KM} km, like --size 60km or --size 45x40km.`,
    },
  )

const usage = (zh: string, en: string): Refusal => new Refusal('usage', 400, { zh, en }, USAGE)
