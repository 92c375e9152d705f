import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'
import { FolderInUse } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'fengtu-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function holdElsewhere() {
  const code = `
    import { lockFolder } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
    await lockFolder(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a folder held by a live process is refused by its pid, and free once that was killed', async () => {
  const holder = await holdElsewhere()
  const refused = await lockFolder(folder).catch(e => e)
  expect(refused).toBeInstanceOf(FolderInUse)
  expect(refused.message).toBe(String(holder.pid))
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const release = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
  release()
  ;(await lockFolder(folder))()
})
