import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CountyId } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import { readCounty } from './county.ts'
import type { LoadedCounty } from './county.ts'

export interface Counties {
  list(): LoadedCounty[]
  get(id: string): LoadedCounty | undefined
  /** Counties that were left out, each with what is wrong and how to repair it. */
  problems(): Refusal[]
  /** Looks once at what has changed; the timer does the same. */
  scan(): Promise<void>
  close(): void
}

export interface CountiesDeps {
  /** `.fengtu/counties` */
  folder: string
  /** A county is there, or was imported again. */
  onLoad: (county: LoadedCounty) => void
  onGone: (id: string) => void
  onProblem: (problem: Refusal) => void
  pollMs?: number
}

/**
 * The counties on disk, kept up with while the server runs: an import renames a finished folder into place,
 * and between two looks a county is the old one or the new one, whole.
 */
export async function watchCounties(deps: CountiesDeps): Promise<Counties> {
  const { folder, onLoad, onGone, onProblem, pollMs = 2000 } = deps
  const loaded = new Map<string, LoadedCounty>()
  const problems = new Map<string, Refusal>()
  const marks = new Map<string, string>()

  const load = async (id: string, mark: string) => {
    const read = await readCounty(join(folder, id)).catch((e: Refusal) => e)
    // The folder changed places meanwhile: the next look takes it.
    if ((await markOf(join(folder, id))) !== mark) return
    marks.set(id, mark)
    if (read instanceof Refusal) {
      problems.set(id, read)
      onProblem(read)
      if (loaded.delete(id)) onGone(id)
    } else {
      problems.delete(id)
      loaded.set(id, read)
      onLoad(read)
    }
  }

  const missing = new Set<string>()
  const look = async () => {
    const ids = await folders(folder)
    for (const id of ids) {
      missing.delete(id)
      const mark = await markOf(join(folder, id))
      if (mark !== marks.get(id)) await load(id, mark)
    }
    for (const id of marks.keys()) {
      if (ids.includes(id)) continue
      // A swap leaves an instant without the folder.
      if (!missing.has(id)) {
        missing.add(id)
        continue
      }
      missing.delete(id)
      marks.delete(id)
      problems.delete(id)
      if (loaded.delete(id)) onGone(id)
    }
  }

  let looking: Promise<void> = Promise.resolve()
  const scan = () => (looking = looking.then(look).catch(e => console.error(e)))
  await scan()
  const timer = setInterval(scan, pollMs)
  timer.unref()
  return {
    list: () => [...loaded.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    get: id => loaded.get(id),
    problems: () => [...problems.values()],
    scan,
    close: () => clearInterval(timer),
  }
}

async function folders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter(e => e.isDirectory() && CountyId.safeParse(e.name).success).map(e => e.name)
}

/** What tells one import from the next. */
async function markOf(folder: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(join(folder, 'county.json')).catch(() => ({
    ino: 0,
    mtimeMs: 0,
    size: 0,
  }))
  return `${ino} ${mtimeMs} ${size}`
}
