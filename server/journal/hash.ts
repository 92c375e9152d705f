import { createHash } from 'node:crypto'
import { Change } from '../contract/change.ts'
import type { ChangeRow } from '../db/store.ts'

/** `prev` of a room's first change. */
export const GENESIS = '0'.repeat(64)

export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The row to store. From here on the text is what counts: it is never made again from the object. */
export function sealChange(change: Omit<Change, 'hash'>): ChangeRow {
  const text = JSON.stringify(change)
  const { room, seq, at, actor, key } = change
  return { room, seq, at, text, hash: hashText(text), actor, key }
}

/** JSON of the change with its hash, made from the stored text itself. */
export function wireText(row: ChangeRow): string {
  return `${row.text.slice(0, -1)},"hash":"${row.hash}"}`
}

/** @throws SyntaxError or ZodError when the stored text is not a change this release knows. */
export function readChange(row: ChangeRow): Change {
  return Change.parse({ ...JSON.parse(row.text), hash: row.hash })
}
