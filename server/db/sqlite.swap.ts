import Database from 'libsql'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from './lock.ts'

/** The files of a data folder that are restored together. */
export type Part = 'journal' | 'accounts' | 'persons'
const PARTS: Part[] = ['journal', 'accounts', 'persons']

interface Swap {
  stamp: string
  parts: Part[]
}

/** What SQLite lays beside a file while it is open. */
const BESIDE = ['-wal', '-shm']

const fileOf = (dataDir: string, part: Part): string => join(dataDir, `${part}.sqlite`)
export const freshFile = (dataDir: string, part: Part): string => join(dataDir, `${part}.restoring.sqlite`)
const asideFile = (dataDir: string, part: Part, stamp: string): string =>
  join(dataDir, `${part}.before-restore-${stamp}.sqlite`)
/** While it is there the new files are whole and take the places of the old ones, whatever comes between. */
const plan = (dataDir: string): string => join(dataDir, 'restoring.json')

/** Lets the fresh files take the places of the old ones, all of them. @returns where the old ones are kept */
export function swapIn(dataDir: string, swap: Swap): string[] {
  const draft = `${plan(dataDir)}.part`
  writeFileSync(draft, JSON.stringify(swap))
  sync(draft)
  renameSync(draft, plan(dataDir))
  sync(dataDir)
  return carryOut(dataDir, swap)
}

/** Ends a swap that was cut off, or takes away what was written for one that never began. The caller holds the lock. */
export function finishSwap(dataDir: string): void {
  if (existsSync(plan(dataDir))) {
    carryOut(dataDir, JSON.parse(readFileSync(plan(dataDir), 'utf8')) as Swap)
  } else {
    undoSwap(dataDir)
  }
}

/** For whoever does not hold the folder's lock: finishes a swap that was cut off. @throws FolderInUse while it goes on */
export async function settleFolder(dataDir: string): Promise<void> {
  if (!isSwapping(dataDir)) return
  const unlock = await lockFolder(dataDir)
  try {
    finishSwap(dataDir)
  } finally {
    unlock()
  }
}

/** Whether a swap has begun and not ended. */
const isSwapping = (dataDir: string): boolean => existsSync(plan(dataDir))

/** Takes away what was written for a swap that did not begin. */
export function undoSwap(dataDir: string): void {
  if (isSwapping(dataDir)) return
  for (const part of PARTS)
    for (const end of ['', ...BESIDE]) rmSync(freshFile(dataDir, part) + end, { force: true })
}

/** Each step may be done again: whoever finds it half done does it from the start. */
function carryOut(dataDir: string, { parts, stamp }: Swap): string[] {
  for (const part of parts) {
    const fresh = freshFile(dataDir, part)
    if (!existsSync(fresh)) continue
    const file = fileOf(dataDir, part)
    if (existsSync(file)) keepAside(file, asideFile(dataDir, part, stamp))
    renameSync(fresh, file)
  }
  sync(dataDir)
  rmSync(plan(dataDir))
  sync(dataDir)
  return parts.map(part => asideFile(dataDir, part, stamp)).filter(existsSync)
}

/** The old file gets a second name, so that at no instant there is none under the first. */
function keepAside(file: string, aside: string): void {
  if (!existsSync(aside)) {
    try {
      settle(file)
    } catch {
      // Damaged: kept as it is, with what lies beside it, which must not be taken for the new one's.
    }
    try {
      linkSync(file, aside)
    } catch {
      copyFileSync(file, `${aside}.part`)
      sync(`${aside}.part`)
      renameSync(`${aside}.part`, aside)
    }
  }
  for (const end of BESIDE) if (existsSync(file + end)) renameSync(file + end, aside + end)
}

/** Everything into the one file, so that it can be renamed: nothing of it lies beside. */
export function settle(file: string): void {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.exec('pragma journal_mode = delete')
  } finally {
    db.close()
  }
}

export function sync(path: string): void {
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    fsyncSync(fd)
  } catch (e) {
    // Windows cannot open folders; NTFS journals names by itself.
    if (process.platform !== 'win32') throw e
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
