import { expect, test } from 'vitest'
import { SqliteAccountRows } from '../db/accounts.sqlite.ts'
import { createSignIn } from './sign-in.ts'
import { createTrials } from './trials.ts'

test('a shift that signs in at once waits its turn, two at a time; a flood from everywhere is turned away', async () => {
  const rows = new SqliteAccountRows(':memory:')
  const now = () => new Date('2026-07-01T08:00:00Z')
  let [checking, most] = [0, 0]
  let go = () => {}
  const gate = new Promise<void>(resolve => (go = resolve))
  const library = {
    signIn: async () => {
      most = Math.max(most, ++checking)
      await gate
      checking--
      return 'secret'
    },
  }
  const { signIn } = createSignIn(async () => library as never, {} as never, createTrials(rows, now), now)
  const all = Array.from({ length: 60 }, (_, i) =>
    signIn(`n${i}`, 'x', { address: `10.0.0.${i}`, agent: '' }),
  )
  const ended = Promise.allSettled(all)
  await expect.poll(() => checking).toBe(2)
  go()
  const answers = await ended
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(42)
  const refused = answers.filter(a => a.status === 'rejected')
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: 'too_many_tries', status: 429, details: { retryAfterS: 1 } })
  expect(most).toBe(2)
  rows.close()
})
