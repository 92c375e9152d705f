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

/**
 * The change in a row that this process wrote or read out of its own journal: the journal was checked when it
 * was opened and is checked by `verifyJournal`, so only what the fold stands on is looked at again.
 * @throws SyntaxError or Error when it is not a change that this release knows
 */
export function readChange(row: ChangeRow): Change {
  const change = { ...(JSON.parse(row.text) as Omit<Change, 'hash'>), hash: row.hash }
  if (change.v !== 1) throw new Error(`change ${row.seq} has format ${String(change.v)}`)
  if (!Array.isArray(change.put) || !Array.isArray(change.drop))
    throw new Error(`change ${row.seq} is no change`)
  return change
}

/** Every member looked at. @throws SyntaxError or ZodError */
export function checkChange(row: ChangeRow): Change {
  return Change.parse({ ...JSON.parse(row.text), hash: row.hash })
}
