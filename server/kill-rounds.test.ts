import { expect, test } from 'vitest'
import { killRounds } from './kill-rounds.ts'

test('kill -9 under load loses nothing that was acknowledged, and nothing happens twice', async () => {
  const report = await killRounds(3)
  expect(report).toMatchObject({ lost: [], twice: [], damage: null })
  expect(report.acknowledged).toBeGreaterThan(30)
}, 120_000)
