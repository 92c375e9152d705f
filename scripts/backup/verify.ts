import type { Head, JournalReading } from '../../server/db/backup.ts'
import type { ChangeRow } from '../../server/db/store.ts'
import { type Damage, verifyJournal } from '../../server/journal/verify.ts'
import type { KeptHead } from './arguments.ts'
import { partsOf } from './write.ts'

export interface RoomReport {
  head: Head
  damage: Damage | null
}

export interface JournalReport {
  rooms: RoomReport[]
  /** For each head that was asked for, the seq that has its hash now; null = the journal no longer holds it. */
  kept: (KeptHead & { seq: number | null })[]
}

/** Verifies every room of the journal, one room in memory at a time. */
export async function verifyAll(
  journal: JournalReading,
  asked: readonly KeptHead[] = [],
): Promise<JournalReport> {
  const rooms: RoomReport[] = []
  const kept = asked.map(head => ({ ...head, seq: null as number | null }))
  for (const head of await journal.heads()) {
    const rows: ChangeRow[] = []
    for await (const part of partsOf(journal, head.room)) rows.push(...part)
    rooms.push({ head, damage: verifyJournal(head.room, rows) })
    for (const one of kept) {
      if (one.room === head.room) one.seq = rows.find(row => row.hash === one.hash)?.seq ?? null
    }
  }
  return { rooms, kept }
}
