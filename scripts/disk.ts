import { Refusal, type Text } from '../server/contract/errors.ts'

const DISK: Record<string, Text> = {
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EDQUOT: { zh: '磁盘配额已满', en: 'the disk quota is used up' },
  SQLITE_FULL: { zh: '磁盘已满', en: 'the disk is full' },
  EACCES: { zh: '没有写入权限', en: 'no permission to write' },
  EPERM: { zh: '没有写入权限', en: 'no permission to write' },
  EROFS: { zh: '磁盘是只读的', en: 'the disk is read-only' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is no folder' },
  EEXIST: { zh: '那是文件，不是文件夹', en: 'it is a file, not a folder' },
  EISDIR: { zh: '同名的文件夹占着位置', en: 'a folder of that name is in the way' },
}

/** What the disk refused, in words; null for any other error. */
export function diskTrouble(error: unknown): Text | null {
  if (error instanceof Refusal) return null
  return DISK[(error as { code?: string } | null)?.code ?? ''] ?? null
}
