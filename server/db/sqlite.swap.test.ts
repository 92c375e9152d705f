import Database from 'libsql'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'
import { FolderInUse } from './store.ts'
import { finishSwap, freshFile, settleFolder } from './sqlite.swap.ts'

const PARTS = ['journal', 'accounts', 'persons'] as const
let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fengtu-swap-'))))
afterEach(() => rmSync(folder, { recursive: true }))

/** A file that says `text`, in WAL and not settled when `open`: as a server that was killed leaves it. */
function write(path: string, text: string, open = false): void {
  const db = new Database(path)
  db.exec(`pragma journal_mode = ${open ? 'wal' : 'delete'}`)
  db.exec('create table said (text text)')
  db.prepare('insert into said values (?)').run([text])
  db.close()
}
function said(path: string): string {
  const db = new Database(path)
  const { text } = db.prepare('select text from said').all([])[0] as { text: string }
  db.close()
  return text
}
const saidHere = (): string[] => PARTS.map(part => said(join(folder, `${part}.sqlite`)))
const fill = (): void => {
  for (const part of PARTS) {
    write(join(folder, `${part}.sqlite`), 'old', true)
    write(freshFile(folder, part), 'new')
  }
}
const names = (): string[] => readdirSync(folder).filter(name => !/-(wal|shm)$/.test(name))

/** Swaps in a process of its own that is killed before a step; whether it was. */
function killedAt(step: number): boolean {
  const script = fileURLToPath(new URL('./sqlite.swap.fixture.ts', import.meta.url))
  const args = ['--import', 'tsx', script, folder, String(step)]
  const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(stderr)
  return signal === 'SIGKILL'
}

test.skipIf(process.platform === 'win32')(
  'killed at any step: all that was there or all that was to come, and the old ones kept',
  () => {
    const found = new Set<string>()
    let step = 1
    for (; ; step++) {
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
      fill()
      const killed = killedAt(step)
      finishSwap(folder)
      const now = saidHere()
      expect(new Set(now).size, `killed at ${step}: ${now.join()}`).toBe(1)
      found.add(now[0]!)
      const kept = PARTS.map(part => `${part}.before-restore-then.sqlite`)
      const here = PARTS.map(part => `${part}.sqlite`)
      const drafts = names().filter(name => name === 'restoring.json.part')
      expect(names().toSorted()).toEqual([...here, ...(now[0] === 'new' ? kept : []), ...drafts].toSorted())
      if (now[0] === 'new') for (const name of kept) expect(said(join(folder, name))).toBe('old')
      if (!killed) break
    }
    expect([...found]).toEqual(['old', 'new'])
    expect(step).toBeGreaterThan(14)
  },
  240_000,
)

test('what was cut off is finished by whoever opens the folder, and waited for while another does it', async () => {
  fill()
  writeFileSync(join(folder, 'restoring.json'), JSON.stringify({ stamp: 'then', parts: PARTS }))
  const release = await lockFolder(folder)
  await expect(settleFolder(folder)).rejects.toThrow(FolderInUse)
  release()
  await settleFolder(folder)
  expect(saidHere()).toEqual(['new', 'new', 'new'])
})
