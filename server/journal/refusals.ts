import type { Entity } from '../contract/change.ts'
import { Refusal } from '../contract/errors.ts'

/** An entity is at most this many bytes of JSON; bulk belongs in blobs. */
const ENTITY_BYTES = 64 * 1024

/** @throws Refusal 413 `entity_too_large` */
export function checkSize(entity: Entity): void {
  const bytes = Buffer.byteLength(JSON.stringify(entity))
  if (bytes <= ENTITY_BYTES) return
  const kb = Math.ceil(bytes / 1024)
  throw new Refusal(
    'entity_too_large',
    413,
    {
      zh: `“${entity.id}”有 ${kb} KB，最多 64 KB`,
      en: `"${entity.id}" has ${kb} KB; at most 64 KB are kept`,
    },
    { zh: '减少图形的点数', en: 'Draw its shape with fewer points' },
  )
}

export function keyReused(key: string): Refusal {
  return new Refusal(
    'key_reused',
    409,
    { zh: `键“${key}”已用于另一条命令`, en: `The key "${key}" was used for another command` },
    { zh: '每条命令用一个新的键', en: 'Use a new key for each command' },
    'key',
  )
}

export function storeUnavailable(cause: unknown): Refusal {
  console.error(cause)
  return new Refusal(
    'store_unavailable',
    503,
    { zh: '日志写不进去，没有确认任何改变', en: 'The journal cannot be written; no change was confirmed' },
    {
      zh: '检查数据目录所在磁盘是否已满或只读、数据库是否可达，然后用同一个键重试',
      en: 'Check whether the disk is full or read-only and the database can be reached, then try again under the same key',
    },
  )
}
