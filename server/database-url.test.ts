import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { NotStarted, serve } from './main.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fengtu-url-'))
const options = { port: 0, host: '127.0.0.1', dataDir, clientDir: null }
afterAll(() => rmSync(dataDir, { recursive: true }))

test.each([
  [
    'postgres://duty:hunter2@127.0.0.1:1/fengtu',
    /连不上 PostgreSQL 127\.0\.0\.1:1\/fengtu.*ECONNREFUSED.*cannot be reached/,
  ],
  ['mysql://duty:hunter2@127.0.0.1/fengtu', /不是 PostgreSQL 的地址.*is not the address of a PostgreSQL/],
])(
  'is not started by DATABASE_URL=%s, says how to write it, shows no password, leaves the folder free',
  async (databaseUrl, said) => {
    for (let i = 0; i < 2; i++) {
      const refused: Error = await serve({ ...options, databaseUrl }).catch(e => e)
      expect(refused).toBeInstanceOf(NotStarted)
      expect(refused.message).toMatch(said)
      expect(refused.message).toMatch(/postgres:\/\/USER:PASSWORD@HOST/)
      expect(refused.stack).not.toContain('hunter2')
    }
  },
)
