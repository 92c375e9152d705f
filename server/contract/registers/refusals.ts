import { Refusal } from '../errors.ts'
import type { RecordFault } from './check.ts'
import type { RecordEntity } from './entity.ts'
import type { Register } from './register.ts'
import { registerOf } from './index.ts'
import { RIGHT_NAMES, whoHas } from '../viewer.ts'

/** So many faults travel with a refusal; the number of all is said. */
const MOST_FAULTS = 20
const MOST_NAMES = 5

export function registerUnknown(key: string): Refusal {
  return new Refusal(
    'register_unknown',
    404,
    { zh: `没有名为“${key.slice(0, 64)}”的台账`, en: `There is no register "${key.slice(0, 64)}"` },
    {
      zh: '台账的名称见 /ogc/collections，如 mines',
      en: 'Registers stand in /ogc/collections, such as mines',
    },
    'register',
  )
}

export function recordUnknown(register: string, id: string): Refusal {
  const { zh, en } = registerOf(register)!.sheet
  return new Refusal(
    'record_unknown',
    404,
    {
      zh: `“${zh}”中没有编号为“${id}”的行，可能刚被删除`,
      en: `${en} has no row "${id}"; it may just have been removed`,
    },
    { zh: '要保留它就新建一行', en: 'To keep it, enter it as a new row' },
    'id',
  )
}

export function recordExists(held: RecordEntity): Refusal {
  return new Refusal(
    'record_exists',
    409,
    { zh: `编号“${held.id}”已经用于“${held.name}”`, en: `The id "${held.id}" is taken by "${held.name}"` },
    { zh: '换一个编号，或去修改那一行', en: 'Choose another id, or edit that row' },
    'id',
    { current: held },
  )
}

/** Carries the row as it stands, so that the second person sees what the first one changed. */
export function recordChanged(held: RecordEntity): Refusal {
  return new Refusal(
    'record_changed',
    409,
    {
      zh: `“${held.name}”在您编辑期间被别人改过，未保存`,
      en: `"${held.name}" was changed by somebody else while you edited it; nothing was saved`,
    },
    { zh: '看过对方的修改后再保存', en: 'Look at that change, then save again' },
    'ifRev',
    { current: held },
  )
}

export function recordNamed(
  { register, id }: { register: string; id: string },
  by: readonly { register: Register; id: string; name: string }[],
): Refusal {
  const some = by.slice(0, MOST_NAMES)
  const zh = some.map(row => `${row.register.sheet.zh}“${row.name}”`).join('、')
  const en = some.map(row => `${row.register.sheet.en} "${row.name}"`).join(', ')
  const more = by.length - some.length
  return new Refusal(
    'record_named',
    409,
    {
      zh: `不能删除“${id}”：${zh}${more ? ` 等 ${by.length} 行` : ''}引用着它`,
      en: `"${id}" cannot be removed: ${en}${more ? ` and ${more} more` : ''} refer to it`,
    },
    { zh: '先修改或删除那些行', en: 'First change or remove those rows' },
    'id',
    { register, id, by: by.map(row => ({ register: row.register.key, id: row.id, name: row.name })) },
  )
}

export function recordTwice(key: string): Refusal {
  return new Refusal(
    'record_twice',
    422,
    { zh: `同一行“${key}”出现了两次`, en: `The row "${key}" is there twice` },
    { zh: '只留一行', en: 'Keep one of them' },
    key,
  )
}

/** The first fault is the sentence; up to twenty travel as `faults`, each with the row's number from 0 and id. */
export function badRows(
  faults: readonly (RecordFault & { row: number; id: string })[],
  rows: number,
): Refusal {
  const [first] = faults
  const { id, head, text, remedy, column } = first!
  const more = faults.length - 1
  return new Refusal(
    'record_bad',
    422,
    {
      zh: `${rows > 1 ? `“${id}”的` : ''}“${head.zh}”${text.zh}${more ? `（另有 ${more} 处）` : ''}；什么都没有保存`,
      en: `${rows > 1 ? `"${id}": ` : ''}"${head.en}" ${text.en}${more ? ` (and ${more} more)` : ''}; nothing was saved`,
    },
    remedy,
    column,
    { faults: faults.slice(0, MOST_FAULTS), faultCount: faults.length },
  )
}

/** Of one who may report on what is its own alone. */
export function recordNotOwn(register: string, id: string): Refusal {
  const [name, who] = [RIGHT_NAMES.editRecords, whoHas('editRecords')]
  return new Refusal(
    'right_missing',
    403,
    {
      zh: `${register}/${id} 不属于你的队伍或乡镇，缺少权限“${name.zh}”`,
      en: `${register}/${id} is not of your team or township; the right "${name.en}" is missing`,
    },
    { zh: `请有此权限的人修改：${who.zh}`, en: `Ask one who has it: ${who.en}` },
    'input.record.id',
    { right: 'editRecords' },
  )
}
