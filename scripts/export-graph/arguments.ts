import { CountyId } from '../../server/contract/county.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { Profile } from '../../server/contract/profile.ts'

export interface ExportArguments {
  id: string
  profile: Profile
  out: string
}

const USAGE: Text = {
  zh: '用法：npm run export-graph -- 县编号 --profile heavy --out 文件夹',
  en: 'Usage: npm run export-graph -- ID --profile heavy --out FOLDER',
}
const PROFILES: Text = {
  zh: 'heavy、light、foot，或如 {"base":"heavy","weightT":30}（另有 heightM、widthM）',
  en: 'heavy, light, foot, or e.g. {"base":"heavy","weightT":30} (heightM, widthM likewise)',
}

/** @throws Refusal usage, bad_id, bad_profile */
export function readArguments(args: readonly string[]): ExportArguments {
  const found: { id?: string; profile?: string; out?: string } = {}
  for (let i = 0; i < args.length; i++) {
    const equals = args[i].startsWith('--') ? args[i].indexOf('=') : -1
    const option = equals < 0 ? args[i] : args[i].slice(0, equals)
    if (option === '--profile' || option === '--out') {
      const value = equals < 0 ? args[++i] : args[i].slice(equals + 1)
      if (!value?.trim()) throw usage(`选项 ${option} 后面缺少值`, `The option ${option} lacks its value`)
      found[option === '--out' ? 'out' : 'profile'] = value.trim()
    } else if (option.startsWith('-')) throw usage(`不认识的选项 ${option}`, `Unknown option ${option}`)
    else if (found.id === undefined) found.id = args[i]
    else throw usage(`多余的参数 ${args[i]}`, `One argument too many: ${args[i]}`)
  }
  if (found.id === undefined) throw usage('没有给出县编号', 'No county was given')
  if (found.out === undefined) throw usage('没有用 --out 给出文件夹', 'No folder was given with --out')
  if (!CountyId.safeParse(found.id).success) {
    throw refuse('bad_id', `“${found.id}”不是县编号`, `"${found.id}" is no county's id`, USAGE)
  }
  return { id: found.id, profile: readProfile(found.profile ?? 'heavy'), out: found.out }
}

function readProfile(text: string): Profile {
  let value: unknown = text
  if (text.startsWith('{')) {
    try {
      value = JSON.parse(text)
    } catch {
      throw badProfile(text)
    }
  }
  const profile = Profile.safeParse(value)
  if (!profile.success) throw badProfile(text)
  return profile.data
}

const badProfile = (text: string): Refusal =>
  refuse('bad_profile', `不认识的通行方式 ${text}`, `Unknown profile ${text}`, PROFILES)
const usage = (zh: string, en: string): Refusal => refuse('usage', zh, en, USAGE)
const refuse = (code: string, zh: string, en: string, remedy: Text): Refusal =>
  new Refusal(code, 400, { zh, en }, remedy)
