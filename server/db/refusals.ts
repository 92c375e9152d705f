import { Refusal } from '../contract/errors.ts'

/** `where` is the data folder or the database. */
export function journalMissing(where: string): Refusal {
  return new Refusal(
    'journal_missing',
    404,
    { zh: `${where} 里没有日志`, en: `${where} holds no journal` },
    {
      zh: '用 FENGTU_DATA 指定数据文件夹，或用 DATABASE_URL 指定 PostgreSQL',
      en: 'Name the data folder in FENGTU_DATA, or the PostgreSQL in DATABASE_URL',
    },
  )
}
