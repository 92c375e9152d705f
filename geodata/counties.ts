import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal, type Text } from '../server/contract/errors.ts'
import { takeLock } from './county-lock.ts'

/**
 * County folders on disk. `counties/ID/` is the county; beside it, while an import runs:
 * `.ID.lock`, `.ID.tmp-PID/` being built, `.ID.old-PID/` for the moment of the swap.
 */
export const countiesDir = (dataDir: string): string => join(dataDir, 'counties')
export const countyDir = (dataDir: string, id: string): string => join(countiesDir(dataDir), id)

const lockPath = (dataDir: string, id: string): string => join(countiesDir(dataDir), `.${id}.lock`)
const ASIDE = /^\.([a-z][a-z0-9-]{0,31})\.(?:(tmp|old)-\d+|lock(?:\.\d+)?)$/

export interface CountyBuild {
  /** The folder to build in. */
  dir: string
  /** Puts the new county in the place of the old. Files in `dir` must be on disk already (`syncFile`). */
  commit(): void
  /** Leaves the county that was there. Harmless after `commit`. */
  end(): void
}

/**
 * Starts building a county aside; what an earlier, killed import left is put right first.
 * @throws Refusal import_running
 */
export function buildCounty(dataDir: string, id: string): CountyBuild {
  const unlock = takeLock(lockPath(dataDir, id))
  const root = countiesDir(dataDir)
  const dir = join(root, `.${id}.tmp-${process.pid}`)
  const old = join(root, `.${id}.old-${process.pid}`)
  const live = countyDir(dataDir, id)
  try {
    putRight(root, id)
    mkdirSync(dir)
  } catch (error) {
    unlock()
    throw error
  }
  return {
    dir,
    commit() {
      syncDir(dir)
      const replaces = existsSync(live)
      if (replaces) renameSync(live, old)
      try {
        renameSync(dir, live)
      } catch (error) {
        if (replaces) renameSync(old, live)
        throw error
      }
      syncDir(root)
      try {
        rmSync(old, { recursive: true, force: true })
      } catch {
        // The new county is in place; the old one's remains are cleared at the next start.
      }
    },
    end() {
      rmSync(dir, { recursive: true, force: true })
      unlock()
    },
  }
}

/**
 * Puts right what killed imports left: a county moved aside comes back, half-built ones go. Those being
 * imported by a living process are left alone. To be called when a server or an import starts.
 * @returns what was done, to be printed
 */
export function repairCounties(dataDir: string): Text[] {
  const root = countiesDir(dataDir)
  const ids = new Set(asides(root).map(aside => aside.id))
  return [...ids].flatMap(id => {
    let unlock: () => void
    try {
      unlock = takeLock(lockPath(dataDir, id))
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
    try {
      return putRight(root, id)
    } finally {
      unlock()
    }
  })
}

interface Aside {
  id: string
  kind: string | undefined
  path: string
}

function asides(root: string): Aside[] {
  if (!existsSync(root)) return []
  return readdirSync(root).flatMap(name => {
    const found = ASIDE.exec(name)
    return found ? [{ id: found[1], kind: found[2], path: join(root, name) }] : []
  })
}

/** Under the county's lock. */
function putRight(root: string, id: string): Text[] {
  const live = join(root, id)
  const done: Text[] = []
  for (const { id: of, kind, path } of asides(root)) {
    if (of !== id || kind === undefined) continue
    if (kind === 'old' && !existsSync(live)) {
      renameSync(path, live)
      syncDir(root)
      done.push({
        zh: `上次导入 ${id} 在替换时中断，已恢复原来的数据`,
        en: `The last import of ${id} was cut off in the swap; the county that was there is back`,
      })
    } else {
      rmSync(path, { recursive: true, force: true })
      if (kind === 'tmp') {
        done.push({
          zh: `已清除上次中断的 ${id} 导入留下的半成品`,
          en: `Removed what an interrupted import of ${id} had left half built`,
        })
      }
    }
  }
  return done
}

/** Makes a file's content outlast a power cut. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes the names in a folder outlast a power cut, where the system can. */
function syncDir(path: string): void {
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    fsyncSync(fd)
  } catch {
    // Windows cannot open folders; NTFS journals names by itself.
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
