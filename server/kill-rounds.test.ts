import { describe, expect, test } from 'vitest'
import { freshDatabase, hasPostgres } from './db/postgres.database.fixture.ts'
import { killRounds } from './kill-rounds.ts'

const ROUNDS = 5

describe('kill -9 under load loses nothing that was acknowledged, and nothing happens twice', () => {
  test('on SQLite', async () => {
    const report = await killRounds(ROUNDS)
    expect(report).toMatchObject({ lost: [], twice: [], damage: null })
    expect(report.acknowledged).toBeGreaterThanOrEqual(ROUNDS * 20)
  }, 240_000)

  test.skipIf(!hasPostgres)(
    'on PostgreSQL',
    async () => {
      const report = await killRounds(ROUNDS, { databaseUrl: await freshDatabase() })
      expect(report).toMatchObject({ lost: [], twice: [], damage: null })
      expect(report.acknowledged).toBeGreaterThanOrEqual(ROUNDS * 20)
    },
    240_000,
  )
})
