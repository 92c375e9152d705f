import { Refusal, type Text } from '../../server/contract/errors.ts'

const DISK: Record<string, Text> = {
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EDQUOT: { zh: '磁盘配额已满', en: 'the disk quota is used up' },
  SQLITE_FULL: { zh: '磁盘已满', en: 'the disk is full' },
  EACCES: { zh: '没有写入权限', en: 'no permission to write' },
  EPERM: { zh: '没有写入权限', en: 'no permission to write' },
  EROFS: { zh: '磁盘是只读的', en: 'the disk is read-only' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
}

/** An error of the disk under the data folder, as a refusal that a person can act on; others as they are. */
export function troubleOf(error: unknown, dataDir: string): unknown {
  const what = DISK[(error as { code?: string } | null)?.code ?? '']
  if (error instanceof Refusal || !what) return error
  return new Refusal(
    'data_folder_unwritable',
    500,
    {
      zh: `数据写不进 ${dataDir}：${what.zh}；原有数据未变`,
      en: `Nothing can be written to ${dataDir}: ${what.en}; the county that was there is unchanged`,
    },
    {
      zh: '请腾出空间或改正权限，或用 FENGTU_DATA 指定别的文件夹。',
      en: 'Free some space, correct the permissions, or name another folder with FENGTU_DATA.',
    },
  )
}
