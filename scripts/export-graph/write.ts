import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Work } from '../../geodata/work.ts'
import type { Lines } from './tables.ts'

/** Rows are written this many characters at a time: no giant string. */
const CHUNK = 1 << 16

export interface Table {
  name: string
  lines: Lines
  /** About how many lines, for the bar. */
  expected: number
}

/**
 * Writes the tables aside, then renames all of them: a folder never holds half a table.
 * @returns rows by table, headings not counted
 */
export function* writeTables(dir: string, tables: Table[]): Work<number[]> {
  mkdirSync(dir, { recursive: true })
  const aside = tables.map(table => join(dir, `.${table.name}.tmp-${process.pid}`))
  const all = tables.reduce((sum, table) => sum + table.expected, 0)
  const rows: number[] = []
  let before = 0
  try {
    for (const [i, { lines, expected }] of tables.entries()) {
      const fd = openSync(aside[i], 'w')
      try {
        let count = 0
        let chunk = ''
        for (const line of lines) {
          chunk += `${line}\n`
          count++
          if (chunk.length < CHUNK) continue
          writeAll(fd, chunk)
          chunk = ''
          yield Math.min(1, (before + Math.min(count, expected)) / all)
        }
        writeAll(fd, chunk)
        fsyncSync(fd)
        rows.push(count - 1)
        before += expected
      } finally {
        closeSync(fd)
      }
    }
    tables.forEach(({ name }, i) => renameSync(aside[i], join(dir, name)))
  } finally {
    for (const path of aside) rmSync(path, { force: true })
  }
  return rows
}

/** A write may be cut short by a full disk or a signal; what is left follows. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at)
}
