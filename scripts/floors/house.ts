import { TEST_FILE } from './areas.ts'
import type { Files } from './floors.ts'

const MAX_LINES = 300
const COUNTED = /\.(ts|mjs|vue|css|html)$/
const UNCOUNTED = /\.test\.|^client\/locales\//
const BAD_WORD = /^(utils?|helpers?|managers?)$/i
const RAW_HTML = /\b(v-html|setHTML|(inner|outer)HTML|insertAdjacentHTML)\b/
// In pieces, so that the rule does not find itself.
const MACHINE_PATH = new RegExp(`(?<![\\w.:/~-])/(${['work', 'root', 'home', 'tmp'].join('|')})/`)

/** The house rules that concern a file by itself: one sentence for each that is broken. */
export function checkHouse(files: Files): string[] {
  const faults: string[] = []
  for (const [path, text] of files) {
    if (wordsOf(path).some(word => BAD_WORD.test(word)))
      faults.push(`${path}: name it by what it does; such a name holds anything.`)
    const lines = text.split('\n')
    const length = lines.length - (text.endsWith('\n') ? 1 : 0)
    if (COUNTED.test(path) && !UNCOUNTED.test(path) && length > MAX_LINES) {
      faults.push(`${path} has ${length} lines, over ${MAX_LINES}: there are two ideas inside.`)
    }
    for (const [i, line] of lines.entries()) {
      const place = `${path}:${i + 1}`
      const machine = MACHINE_PATH.exec(line)
      if (machine) faults.push(`${place} holds a path of one machine (${machine[0]}).`)
      const raw = path.startsWith('client/') && !TEST_FILE.test(path) ? RAW_HTML.exec(line) : null
      if (raw) faults.push(`${place} uses ${raw[0]}: text is shown as text, never as HTML.`)
    }
  }
  return faults
}

const wordsOf = (path: string): string[] => path.split(/[^A-Za-z]+|(?=[A-Z])/)
