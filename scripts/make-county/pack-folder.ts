import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../../server/contract/errors.ts'
import { syncFile } from '../../geodata/durable.ts'
import { openSwap } from '../../geodata/folder-swap.ts'

export interface PackFile {
  /** Within the folder, `/` between its parts. */
  name: string
  bytes: Uint8Array
}

/** Says that everything in a folder was made, so that the next making may replace it. */
const MADE_BY = { file: 'made-by.json', says: 'fengtu make-county' }

/** The file that says so, and from what. */
export const madeBy = (from: object = {}): PackFile => ({
  name: MADE_BY.file,
  bytes: new TextEncoder().encode(`${JSON.stringify({ madeBy: MADE_BY.says, ...from })}\n`),
})

export interface PackPlace {
  /** Puts the files in place as a whole; what was made there before goes. */
  put(files: readonly PackFile[]): void
  /** Leaves the pack that was there. Harmless after `put`. */
  end(): void
}

/**
 * Takes the place where a pack will stand, and writes beside it, before the long work begins.
 * @throws Refusal out_is_file, out_not_empty, out_busy; what the disk says where nothing can be written
 */
export function takePlace(out: string): PackPlace {
  refuseOthers(out)
  const swap = openSwap(out, pid => busy(out, pid))
  return {
    put(files) {
      refuseOthers(out)
      for (const { name, bytes } of files) {
        const path = join(swap.dir, name)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, bytes)
        syncFile(path)
      }
      swap.commit()
    },
    end: () => swap.end(),
  }
}

/** Takes the place, puts the files and lets go of it. @throws like `takePlace` */
export function putPack(out: string, files: readonly PackFile[]): void {
  const place = takePlace(out)
  try {
    place.put(files)
  } finally {
    place.end()
  }
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

const busy = (out: string, pid: number): Refusal =>
  new Refusal(
    'out_busy',
    409,
    {
      zh: `另一个 make-county（进程 ${pid || '未知'}）正在写 ${out}`,
      en: `Another make-county (process ${pid || 'unknown'}) is at work on ${out}`,
    },
    {
      zh: '请等它结束后再试，或用 --out 指定别的文件夹。',
      en: 'Wait until it ends, or name another folder with --out.',
    },
  )

function isMade(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, MADE_BY.file), 'utf8')).madeBy === MADE_BY.says
  } catch {
    return false
  }
}
