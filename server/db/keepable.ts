import type { ChangeRow } from './store.ts'

const LOST = /[\0\p{Cs}]/u

/**
 * NUL ends a text in SQLite and is refused by PostgreSQL, half a surrogate pair becomes another character in
 * both: the row would come back as one that nobody wrote, and never verify.
 * @throws RangeError
 */
export function checkKeepable(rows: readonly ChangeRow[]): void {
  for (const row of rows) {
    for (const name of ['room', 'actor', 'key', 'text'] as const) {
      const value = row[name]
      if (LOST.test(value)) {
        throw new RangeError(
          `no database keeps this ${name} as it is: ${JSON.stringify(value.slice(0, 200))}`,
        )
      }
    }
  }
}
