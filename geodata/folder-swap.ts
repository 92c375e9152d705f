import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFolder, syncFolders } from './durable.ts'
import { type Busy, isAlive, takeLock } from './folder-lock.ts'

/**
 * A folder that is replaced as a whole or not at all. Beside `NAME/`, while its successor is made: `.NAME.lock`,
 * `.NAME.tmp-PID/` being built, `.NAME.old-PID/` for the moment of the swap.
 */
export interface FolderSwap {
  /** The folder to build in. */
  dir: string
  /** Puts the new folder in the place of the old. Files in `dir` must be on disk already (`syncFile`). */
  commit(): void
  /** Leaves the folder that was there. Harmless after `commit`. */
  end(): void
}

/** What was put right: the folder moved aside is back, a half-built one is gone. */
export type Repair = 'back' | 'cleared'

/** `probe-`: an earlier release wrote it to see whether it could. */
const LEFT = /^(?:(tmp|old)-\d+|lock\.(\d+)|probe-\w+)$/

/**
 * Starts building a folder's successor aside; what an earlier, killed one left is put right first.
 * @throws what `busy` says
 */
export function openSwap(live: string, busy: Busy): FolderSwap {
  const parent = dirname(live)
  const beside = (end: string): string => join(parent, `.${basename(live)}.${end}`)
  const dir = beside(`tmp-${process.pid}`)
  const old = beside(`old-${process.pid}`)
  const unlock = takeLock(beside('lock'), busy)
  try {
    putRight(live)
    mkdirSync(dir)
  } catch (error) {
    unlock()
    throw error
  }
  return {
    dir,
    commit() {
      syncFolders(dir)
      const replaces = existsSync(live)
      if (replaces) renameSync(live, old)
      try {
        renameSync(dir, live)
      } catch (error) {
        if (replaces) renameSync(old, live)
        throw error
      }
      syncFolder(parent)
      try {
        rmSync(old, { recursive: true, force: true })
      } catch {
        // The new folder is in place; the old one's remains are cleared the next time.
      }
    },
    end() {
      rmSync(dir, { recursive: true, force: true })
      unlock()
    },
  }
}

/**
 * Puts right what killed ones left beside a folder.
 * @throws what `busy` says
 */
export function repairFolder(live: string, busy: Busy): Repair[] {
  const unlock = takeLock(join(dirname(live), `.${basename(live)}.lock`), busy)
  try {
    return putRight(live)
  } finally {
    unlock()
  }
}

/** Under the folder's lock. */
function putRight(live: string): Repair[] {
  const [parent, prefix] = [dirname(live), `.${basename(live)}.`]
  const done: Repair[] = []
  for (const name of readdirSync(parent)) {
    const left = name.startsWith(prefix) ? LEFT.exec(name.slice(prefix.length)) : null
    if (!left) continue
    const [, kind, locker] = left
    // Another may be taking a dead one's lock over at this moment.
    if (locker && isAlive(Number(locker))) continue
    const path = join(parent, name)
    if (kind === 'old' && !existsSync(live)) {
      renameSync(path, live)
      syncFolder(parent)
      done.push('back')
    } else {
      rmSync(path, { recursive: true, force: true })
      if (kind === 'tmp') done.push('cleared')
    }
  }
  return done
}
