import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from '../../server/db/lock.ts'
import { openStore } from '../../server/db/open.ts'
import { fileFrom, headsFrom } from './arguments.ts'
import { chained } from './journal.fixture.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'fengtu-commands-'))
afterAll(() => rmSync(base, { recursive: true }))

function run(script: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...args], {
    cwd: ROOT,
    env: { ...process.env, FENGTU_DATA: base, DATABASE_URL: '', INIT_CWD: base },
  })
  let text = ''
  child.stdout.on('data', part => (text += part))
  child.stderr.on('data', part => (text += part))
  return new Promise(resolve => child.on('close', code => resolve({ code, text })))
}

test('backup while a server runs, restore when it has ended, verify-journal with a head that was kept', async () => {
  const rows = chained('vale', 6)
  const [kept, head] = [rows[3]!.hash, rows[5]!.hash]
  const release = await lockFolder(base)
  const store = await openStore(base)
  await store.append(rows.slice(0, 4))
  const backup = await run('backup', 'b.gz')
  expect(backup).toMatchObject({ code: 0, text: expect.stringMatching(`^vale  4  ${kept}\n`) })
  expect(existsSync(join(base, 'b.gz'))).toBe(true)
  await store.append(rows.slice(4))
  expect(await run('verify-journal', '--head', `vale=${kept}`)).toMatchObject({
    code: 0,
    text: expect.stringMatching(`vale  6  ${head}.*verifies\n.*still in the journal, change 4`),
  })
  expect(await run('restore', 'b.gz')).toMatchObject({
    code: 1,
    text: expect.stringMatching(`folder_in_use.*process ${process.pid}`),
  })
  await store.close()
  release()
  expect(await run('restore', 'b.gz')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/4 changes\n(.*\n)*.*journal\.before-restore-/),
  })
  expect(await run('verify-journal', '--head', `vale=${head}`)).toMatchObject({
    code: 1,
    text: expect.stringMatching(/its tail was cut off/),
  })
}, 120_000)

test('arguments: one file, meant from where it was typed; heads as they are printed', () => {
  expect(fileFrom(['b.gz'], 'backup', base)).toBe(join(base, 'b.gz'))
  for (const bad of [[], ['a', 'b'], ['--force']])
    expect(() => fileFrom(bad, 'backup')).toThrow(/npm run backup/)
  const hash = 'ab'.repeat(32)
  expect(headsFrom([])).toEqual([])
  expect(headsFrom(['--head', `vale~x=${hash}`, '--head', `b=${hash}`])).toEqual([
    { room: 'vale~x', hash },
    { room: 'b', hash },
  ])
  for (const bad of [
    ['--head'],
    ['--head', 'vale=12'],
    [`vale=${hash}`, '--head'],
    ['--all', `vale=${hash}`],
  ]) {
    expect(() => headsFrom(bad)).toThrow(/--head ROOM=HASH/)
  }
})
