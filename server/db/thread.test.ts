import { afterAll, expect, test } from 'vitest'
import { Refusal } from '../contract/errors.ts'
import { createThread } from './thread.ts'

const thread = createThread(new URL('./thread.fixture.worker.ts', import.meta.url), null)
afterAll(() => thread.close())

test('answers, refuses and fails as the method did', async () => {
  expect(await thread.call('add', 1, 2)).toBe(3)
  await expect(thread.call('refuse')).rejects.toThrow(Refusal)
  await expect(thread.call('fail')).rejects.toMatchObject({ message: 'disk', code: 'SQLITE_FULL' })
})

test('a thread that dies fails the calls under way and is there for the next', async () => {
  const calls = [thread.call('die'), thread.call('add', 1, 2)]
  for (const answer of await Promise.allSettled(calls)) expect(answer.status).toBe('rejected')
  expect(await thread.call('add', 2, 2)).toBe(4)
})

test('a closed thread answers nobody', async () => {
  const other = createThread(new URL('./thread.fixture.worker.ts', import.meta.url), null)
  expect(await other.call('add', 1, 1)).toBe(2)
  await other.close()
  await expect(other.call('add', 1, 1)).rejects.toThrow('closed')
})
