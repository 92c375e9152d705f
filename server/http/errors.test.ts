import { expect, test, vi } from 'vitest'
import { noPersons, testApp } from './app.fixture.ts'

test.each([
  ['a full disk', 'SQLITE_FULL', 503, 'store_unavailable'],
  ['a folder that became read-only', 'SQLITE_READONLY', 503, 'store_unavailable'],
  ['a fault of the program', 'SQLITE_MISUSE', 500, 'internal'],
])('%s is named as what it is', async (_, code, status, said) => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  const all = () => Promise.reject(Object.assign(new Error('disk'), { code }))
  const app = await testApp({
    persons: { ...noPersons, all },
    viewer: { id: 'duty', name: '值班员', role: 'duty' },
  })
  const answer = await app.get('/api/rooms/vale/persons')
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ code: said, remedy: expect.any(String) })
  expect(logged).toHaveBeenCalledOnce()
  logged.mockRestore()
})
