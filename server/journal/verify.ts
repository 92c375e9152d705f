import type { ChangeRow } from '../db/store.ts'
import { GENESIS, hashText, checkChange } from './hash.ts'

export interface Damage {
  room: string
  seq: number
  reason: 'gap' | 'hash' | 'chain' | 'unreadable' | 'columns' | 'time'
}

/**
 * The first change of a room that does not verify, or null: no gap, each text hashes to its hash, names the
 * hash before it, says what its columns say, and is not earlier than the one before.
 * Rows are all of the room's, in order.
 */
export function verifyJournal(room: string, rows: readonly ChangeRow[]): Damage | null {
  return createVerifier(room)(rows)
}

/** Takes a room's rows piece by piece. */
export function createVerifier(room: string): (rows: readonly ChangeRow[]) => Damage | null {
  let [seq, prev, at] = [0, GENESIS, '']
  const verify = (row: ChangeRow): Damage | null => {
    seq++
    const damaged = (reason: Damage['reason']): Damage => ({ room, seq, reason })
    if (row.seq !== seq) return damaged('gap')
    if (hashText(row.text) !== row.hash) return damaged('hash')
    let change
    try {
      change = checkChange(row)
    } catch {
      return damaged('unreadable')
    }
    if (change.prev !== prev) return damaged('chain')
    const same = (['room', 'seq', 'at', 'actor', 'key'] as const).every(name => change[name] === row[name])
    if (!same || row.room !== room) return damaged('columns')
    if (change.at < at) return damaged('time')
    prev = row.hash
    at = change.at
    return null
  }
  return rows => {
    for (const row of rows) {
      const damage = verify(row)
      if (damage) return damage
    }
    return null
  }
}
