import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Refusal } from '../server/contract/errors.ts'

/** A file just made may not hold its text yet. */
const WRITING_MS = 5000

/** What a second one is told; `pid` is 0 where the holder is not known yet. */
export type Busy = (pid: number) => Refusal

/**
 * Takes the lock file, which names the process that holds it; one left by a dead process is taken over.
 * @returns gives it back
 * @throws what `busy` says
 */
export function takeLock(path: string, busy: Busy): () => void {
  mkdirSync(dirname(path), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) })
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const theirs = readOrNull(path)
    if (theirs === null) continue
    const pid = holder(path, theirs)
    if (pid !== null) throw busy(pid)
    // Renamed, not removed: of two that find it stale only one gets it, and it is the one that was read.
    const aside = `${path}.${process.pid}`
    try {
      renameSync(path, aside)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue
      throw error
    }
    if (readOrNull(aside) !== theirs) renameSync(aside, path)
    else rmSync(aside, { force: true })
  }
}

const readOrNull = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Gone is free to take; not readable is not: another account's lock must be said, not waited for.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The pid that holds the lock, 0 for one still being written, null for a dead one. */
function holder(path: string, text: string): number | null {
  try {
    const { pid, started } = JSON.parse(text) as { pid: number; started: string }
    return isAlive(pid) && startOf(pid) === started ? pid : null
  } catch {
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    return age < WRITING_MS ? 0 : null
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, as the kernel counts; pids are used again, pairs are not. '' where unknown. */
function startOf(pid: number): string {
  const stat = readOrNull(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
