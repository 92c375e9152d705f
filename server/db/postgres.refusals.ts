import { Refusal } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'

const CHECK: Text = {
  zh: 'DATABASE_URL 的写法：postgres://用户:密码@主机:5432/数据库；检查主机、端口、用户和密码，以及 PostgreSQL 是否在运行。不设 DATABASE_URL 则用内置数据库',
  en: 'DATABASE_URL is written postgres://USER:PASSWORD@HOST:5432/DATABASE; check host, port, user and password, and that PostgreSQL runs. Without DATABASE_URL the built-in database is used',
}

export function urlUnreadable(): Refusal {
  return new Refusal(
    'database_url_unreadable',
    500,
    { zh: 'DATABASE_URL 不是 PostgreSQL 的地址', en: 'DATABASE_URL is not the address of a PostgreSQL' },
    CHECK,
    'DATABASE_URL',
  )
}

/** `where` names host and database, never the password. */
export function unreachable(where: string, cause: unknown): Refusal {
  const why = reasonOf(cause)
  return new Refusal(
    'database_unreachable',
    503,
    {
      zh: `连不上 PostgreSQL ${where}（${why}）`,
      en: `PostgreSQL at ${where} cannot be reached (${why})`,
    },
    CHECK,
    'DATABASE_URL',
  )
}

export function notUtf8(where: string, encoding: string): Refusal {
  return new Refusal(
    'database_not_utf8',
    500,
    {
      zh: `PostgreSQL ${where} 的编码是 ${encoding}，不能存汉字`,
      en: `PostgreSQL at ${where} has the encoding ${encoding}, which cannot hold Chinese`,
    },
    {
      zh: '另建一个 UTF8 的数据库：create database fengtu encoding UTF8 template template0',
      en: "Make one in UTF8: create database fengtu encoding 'UTF8' template template0",
    },
    'DATABASE_URL',
  )
}

export function beingRestored(where: string): Refusal {
  return new Refusal(
    'database_being_restored',
    503,
    {
      zh: `PostgreSQL ${where} 正在从备份恢复`,
      en: `PostgreSQL at ${where} is being restored from a backup`,
    },
    { zh: '等恢复结束再启动', en: 'Start again when that has ended' },
  )
}

export function databaseInUse(where: string): Refusal {
  return new Refusal(
    'database_in_use',
    409,
    {
      zh: `有烽图服务正在使用 PostgreSQL ${where}，什么都没有改变`,
      en: `A Fengtu server uses PostgreSQL at ${where}; nothing was changed`,
    },
    { zh: '先停掉所有连着它的服务，再恢复', en: 'Stop every server connected to it, then restore' },
  )
}

/** Errors of several addresses tried come as one without a sentence. */
function reasonOf(cause: unknown): string {
  const { errors, message, code } = cause as AggregateError & { code?: string }
  return message || errors?.map(e => (e as Error).message).join('; ') || code || String(cause)
}
