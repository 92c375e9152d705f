import { RUN_BY_HAND, TEST_FILE, areaOf } from './areas.ts'
import { type Import, importsOf, parseScript } from './imports.ts'
import { impurities } from './pure.ts'

/** Path from the project's root → text. */
export type Files = ReadonlyMap<string, string>

const SOURCE = /\.(ts|mts|mjs|js|vue)$/

/** One sentence for each import that breaks a floor: file, line, what it imports, and which rule. */
export function checkFloors(files: Files): string[] {
  const faults: string[] = []
  for (const [path, text] of files) {
    if (!SOURCE.test(path)) continue
    if (TEST_FILE.test(path)) continue
    const script = parseScript(path, text)
    const area = areaOf(path)
    if (!area) {
      faults.push(`${path} stands on no floor: put it into a folder of the table, or give it one there.`)
      continue
    }
    for (const found of importsOf(script)) {
      const why = found.ours ? whyNot(path, found, files) : packageWhyNot(path, found)
      if (why) faults.push(`${path}:${found.line} imports ${found.target}: ${why}.`)
    }
    if (area.pure) {
      for (const { line, what } of impurities(script)) {
        faults.push(`${path}:${line} uses ${what}: ${area.name} is pure, the caller hands such things in.`)
      }
    }
  }
  return faults
}

/** The rule that an import of our own file breaks; undefined when it breaks none. */
function whyNot(path: string, { target, typeOnly }: Import, files: Files): string | undefined {
  // A folder or a file that is made later (client/dist) is data, not code.
  if (!SOURCE.test(target) || !files.has(target)) return
  const [from, to] = [areaOf(path)!, areaOf(target)]
  if (!to) return
  if (TEST_FILE.test(target)) {
    return RUN_BY_HAND.test(path) ? undefined : 'only tests, and what is run by hand, use tests and fixtures'
  }
  if (typeOnly && from.mayTypes?.test(target)) return
  if (from === to) return from.name === 'domain' ? nounWhyNot(path, target) : undefined
  if (to.floor > from.floor) {
    return `imports point down, and ${to.name} (floor ${to.floor}) lies above ${from.name} (floor ${from.floor})`
  }
  const typeBeside = typeOnly && to.floor === from.floor && path.startsWith('client/')
  if (from.may && !from.may.test(target) && !typeBeside) return `${from.name} may import ${saidOf(from.may)}`
}

/** Nouns share through the world; `verb.ts` is what they are made of, `index.ts` lists them. */
function nounWhyNot(path: string, target: string): string | undefined {
  if (path.endsWith('/index.ts') || target.endsWith('/verb.ts')) return
  return 'a domain file imports no other domain file, they share through the world'
}

function packageWhyNot(path: string, { target }: Import): string | undefined {
  const { name, never, pure } = areaOf(path)!
  if (pure && target.startsWith('node:')) return `${name} is pure and imports nothing of Node's`
  if (never?.test(target)) return `${name} never imports such a package`
}

/** The paths of an `only(…)` as a person writes them. */
function saidOf(may: RegExp): string {
  const paths = /^\^\((.*)\)$/.exec(may.source)![1]!.replaceAll('\\', '').split('|').filter(Boolean)
  return paths.length === 0 ? 'nothing of ours' : `only ${paths.join(', ')} and its own folder`
}
