import type { Dialect } from 'kysely'

/** A statement with `?` for each value. With `must`, nothing of its batch is done when it changes no row. */
export interface Statement {
  sql: string
  values: readonly unknown[]
  must?: true
}

/**
 * The rows that accounts are kept in, whatever database holds them; they are handed in. Names of tables and
 * columns stand in quotes: a user is a word of its own to PostgreSQL, and it forgets capitals.
 */
export interface AccountRows {
  get<T>(sql: string, ...values: unknown[]): Promise<T | undefined>
  all<T>(sql: string, ...values: unknown[]): Promise<T[]>
  /** How many rows it changed. */
  run(sql: string, ...values: unknown[]): Promise<number>
  /** All of them or none, one batch after the other, whoever else sends one; false = one that must did nothing. */
  together(statements: readonly Statement[]): Promise<boolean>
  /** Another than before when another process may have written. */
  version(): Promise<string>
  /** What better-auth reaches the same rows by. */
  dialect(): Promise<Dialect>
  close(): Promise<void>
}

/** Two wanted one name: the database let the first have it. */
export const isDuplicate = (e: unknown): boolean =>
  (e as { code?: string }).code === '23505' || /UNIQUE constraint/.test((e as Error).message)
