import { CountyId } from '../../server/contract/county.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'

export interface ImportArguments {
  folder: string
  id?: string
  name?: string
}

export const USAGE: Text = {
  zh: '用法：npm run import -- 文件夹 [--id 编号] [--name 名称]',
  en: 'Usage: npm run import -- FOLDER [--id ID] [--name NAME]',
}

/** @throws Refusal usage, bad_id */
export function readArguments(args: readonly string[]): ImportArguments {
  const found: Partial<ImportArguments> = {}
  for (let i = 0; i < args.length; i++) {
    const [option, inline] = split(args[i])
    if (option === '--id' || option === '--name') {
      const value = inline ?? args[++i]
      if (value === undefined || value.trim() === '') {
        throw usage(`选项 ${option} 后面缺少值`, `The option ${option} lacks its value`)
      }
      found[option === '--id' ? 'id' : 'name'] = value.trim()
    } else if (option.startsWith('-')) {
      throw usage(`不认识的选项 ${option}`, `Unknown option ${option}`)
    } else if (found.folder === undefined) found.folder = args[i]
    else throw usage(`多余的参数 ${args[i]}`, `One argument too many: ${args[i]}`)
  }
  const { folder } = found
  if (folder === undefined) throw usage('没有给出文件夹', 'No folder was given')
  if (found.id !== undefined && !CountyId.safeParse(found.id).success) throw badId(found.id)
  return { ...found, folder }
}

export function badId(id: string): Refusal {
  return new Refusal(
    'bad_id',
    422,
    { zh: `“${id}”不能作县的编号`, en: `"${id}" cannot be a county's id` },
    {
      zh: '请用 --id 给出：小写字母开头，只含小写字母、数字和 -，最多 32 个字符。',
      en: 'Give one with --id: a lower-case letter first, then lower-case letters, digits and -, 32 at most.',
    },
  )
}

function split(arg: string): [string, string | undefined] {
  const at = arg.startsWith('--') ? arg.indexOf('=') : -1
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)]
}

const usage = (zh: string, en: string): Refusal => new Refusal('usage', 400, { zh, en }, USAGE)
