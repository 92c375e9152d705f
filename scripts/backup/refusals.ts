import { Refusal } from '../../server/contract/errors.ts'
import type { Text } from '../../server/contract/errors.ts'
import type { Damage } from '../../server/journal/verify.ts'

const ANOTHER: Text = {
  zh: '什么都没有改变；换一份完好的备份',
  en: 'Nothing was changed; take another backup that is whole',
}

export function backupUnreadable(name: string, line: number, why: string): Refusal {
  return new Refusal(
    'backup_unreadable',
    422,
    { zh: `${name} 第 ${line} 行读不出来（${why}）`, en: `Line ${line} of ${name} cannot be read (${why})` },
    ANOTHER,
    `${name}:${line}`,
  )
}

export function notABackup(name: string): Refusal {
  return new Refusal(
    'not_a_backup',
    422,
    { zh: `${name} 不是烽图的备份`, en: `${name} is no backup of Fengtu` },
    { zh: '备份由 npm run backup -- 文件 做成', en: 'Backups are made by npm run backup -- FILE' },
    name,
  )
}

export function backupTooNew(name: string, version: unknown): Refusal {
  return new Refusal(
    'backup_too_new',
    422,
    {
      zh: `${name} 由更新的版本写成（格式 ${String(version)}）`,
      en: `${name} was written by a newer release (format ${String(version)})`,
    },
    { zh: '用那个版本恢复', en: 'Restore it with that release' },
    name,
  )
}

export function backupCut(name: string): Refusal {
  return new Refusal(
    'backup_cut',
    422,
    { zh: `${name} 不完整：没有结尾`, en: `${name} is incomplete: its end is missing` },
    ANOTHER,
    name,
  )
}

export function backupAltered(name: string, why: Text): Refusal {
  return new Refusal(
    'backup_altered',
    422,
    { zh: `${name} 与写入时不同：${why.zh}`, en: `${name} is not what was written: ${why.en}` },
    ANOTHER,
    name,
  )
}

export function backupDamaged(name: string, { room, seq, reason }: Damage): Refusal {
  return new Refusal(
    'backup_damaged',
    422,
    {
      zh: `${name} 中“${room}”的日志从第 ${seq} 条起与其校验值不符（${reason}）`,
      en: `In ${name} the journal of "${room}" does not verify from change ${seq} on (${reason})`,
    },
    ANOTHER,
    name,
  )
}

export function fileExists(path: string): Refusal {
  return new Refusal(
    'file_exists',
    409,
    { zh: `${path} 已存在，没有覆盖`, en: `${path} exists and was not overwritten` },
    { zh: '换一个文件名，例如带上日期', en: 'Take another name, with the date for example' },
    path,
  )
}

export function usage(text: string): Refusal {
  return new Refusal('usage', 400, { zh: `用法：${text}`, en: `Usage: ${text}` })
}
