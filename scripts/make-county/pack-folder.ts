import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../server/contract/errors.ts'

export interface PackFile {
  /** Within the folder, `/` between its parts. */
  name: string
  bytes: Uint8Array
}

/** Says that everything in a folder was made, so that the next making may replace it. */
export const MADE_BY = 'made-by.json'

/**
 * Where a pack will stand: looked at, and written to, before the long work begins.
 * @throws Refusal out_is_file, out_not_empty; what the disk says where nothing can be written
 */
export function checkTarget(out: string): void {
  refuseOthers(out)
  mkdirSync(dirname(out), { recursive: true })
  rmdirSync(mkdtempSync(join(dirname(out), `.${basename(out)}.probe-`)))
}

function refuseOthers(out: string): void {
  const stat = statSync(out, { throwIfNoEntry: false })
  if (!stat) return
  if (!stat.isDirectory()) {
    throw new Refusal(
      'out_is_file',
      422,
      { zh: `${out} 是一个文件`, en: `${out} is a file` },
      { zh: '请用 --out 给出一个文件夹。', en: 'Name a folder with --out.' },
    )
  }
  if (readdirSync(out).length === 0 || isMade(out)) return
  throw new Refusal(
    'out_not_empty',
    422,
    { zh: `${out} 里已有别的文件，未动`, en: `${out} holds other files; they were left alone` },
    { zh: '请用 --out 给出一个空的或新的文件夹。', en: 'Name an empty or a new folder with --out.' },
  )
}

function isMade(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, MADE_BY), 'utf8')).madeBy === 'fengtu make-county'
  } catch {
    return false
  }
}

/** Writes the files aside and puts them in place as a whole; what was made there before goes. */
export function putPack(out: string, files: readonly PackFile[]): void {
  checkTarget(out)
  const parent = dirname(out)
  clearLeftovers(parent, basename(out))
  const aside = join(parent, `.${basename(out)}.tmp-${process.pid}`)
  const old = join(parent, `.${basename(out)}.old-${process.pid}`)
  try {
    mkdirSync(aside)
    for (const { name, bytes } of files) {
      mkdirSync(dirname(join(aside, name)), { recursive: true })
      writeDurably(join(aside, name), bytes)
    }
    const replaces = existsSync(out)
    if (replaces) renameSync(out, old)
    try {
      renameSync(aside, out)
    } catch (error) {
      if (replaces) renameSync(old, out)
      throw error
    }
    rmSync(old, { recursive: true, force: true })
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  writeFileSync(path, bytes)
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** What a killed making left: half a pack goes; a pack set aside just before its replacement comes back. */
function clearLeftovers(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const match = /^\.(.+)\.(tmp|old)-(\d+)$/.exec(entry)
    if (match?.[1] !== name || isRunning(Number(match[3]))) continue
    if (match[2] === 'old' && !existsSync(join(parent, name)))
      renameSync(join(parent, entry), join(parent, name))
    else rmSync(join(parent, entry), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
