import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refusal } from '../server/contract/errors.ts'
import { openSwap, repairFolder } from './folder-swap.ts'

/** No process has this number: Linux ends at 4,194,304. */
const DEAD = 99_999_999
const busy = (pid: number): Refusal =>
  new Refusal('busy', 409, { zh: `正由 ${pid} 使用`, en: `Held by ${pid}` })

let parent: string
let live: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'folder-swap-'))
  live = join(parent, 'a b.c')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const fill = (folder: string, text: string): void => {
  mkdirSync(join(folder, 'deep'), { recursive: true })
  writeFileSync(join(folder, 'a'), text)
  writeFileSync(join(folder, 'deep', 'b'), text)
}
/** What the folder's files say, as one when they agree; null when there is no folder. */
const said = (): string | null => {
  if (!existsSync(live)) return null
  const texts = ['a', 'deep/b'].map(name => readFileSync(join(live, name), 'utf8'))
  return [...new Set(texts)].join(' and ')
}

test('of two at once the second is refused and says by whom; afterwards it may', () => {
  const first = openSwap(live, busy)
  expect(() => openSwap(live, busy)).toThrow(`Held by ${process.pid}`)
  expect(() => repairFolder(live, busy)).toThrow(`Held by ${process.pid}`)
  fill(first.dir, 'first')
  first.commit()
  first.end()
  openSwap(live, busy).end()
  expect(said()).toBe('first')
  expect(readdirSync(parent)).toEqual(['a b.c'])
})

/** Swaps in a process of its own that is killed before a step; whether it was. */
function killedAt(step: number): boolean {
  const script = fileURLToPath(new URL('./folder-swap.fixture.ts', import.meta.url))
  const args = ['--import', 'tsx', script, live, String(step)]
  const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(stderr)
  return signal === 'SIGKILL'
}

test.skipIf(process.platform === 'win32').each(['old', null])(
  'killed at any step, over %s: what was there or what was to come, whole',
  before => {
    const found = new Set<string | null>()
    let step = 1
    for (; ; step++) {
      rmSync(live, { recursive: true, force: true })
      if (before) fill(live, before)
      const killed = killedAt(step)
      openSwap(live, busy).end()
      found.add(said())
      expect(readdirSync(parent), `killed at ${step}`).toEqual(said() === null ? [] : ['a b.c'])
      if (!killed) break
    }
    expect(said()).toBe('new')
    expect([...found]).toEqual([before, 'new'])
    expect(step).toBeGreaterThan(7)
  },
  60_000,
)

test('a swap that fails puts the old folder back', () => {
  fill(live, 'old')
  const swap = openSwap(live, busy)
  rmSync(swap.dir, { recursive: true })
  expect(() => swap.commit()).toThrow()
  swap.end()
  expect(said()).toBe('old')
  expect(readdirSync(parent)).toEqual(['a b.c'])
})

test('what is put right is told; what belongs to others is left alone', () => {
  fill(join(parent, `.a b.c.old-${DEAD}`), 'old')
  mkdirSync(join(parent, `.a b.c.tmp-${DEAD}`))
  writeFileSync(join(parent, `.a b.c.lock.${DEAD}`), 'a dead one’s lock that a dead one took over')
  mkdirSync(join(parent, '.a b.c.probe-a1B2c3'))
  const others = ['.a b.c.tmp-1x', `.a b.d.tmp-${DEAD}`, `.a bxc.tmp-${DEAD}`]
  for (const name of others) mkdirSync(join(parent, name))
  expect(repairFolder(live, busy).toSorted()).toEqual(['back', 'cleared'])
  expect(said()).toBe('old')
  expect(readdirSync(parent).toSorted()).toEqual([...others, 'a b.c'].toSorted())
})
