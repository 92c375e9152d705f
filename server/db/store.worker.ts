import { workerData } from 'node:worker_threads'
import { SqliteJournal } from './sqlite.journal.ts'
import type { ChangeRow, Snapshot } from './store.ts'
import { answerCalls } from './thread.ts'

const { path } = workerData as { path: string }
let opened: SqliteJournal | undefined

/** Opened by the first call, so that what is wrong with the file is that call's answer. */
const journal = (): SqliteJournal => (opened ??= new SqliteJournal(path))

answerCalls({
  append: (rows: ChangeRow[]) => journal().append(rows),
  read: (room: string, since: number, limit?: number) => journal().read(room, since, limit),
  find: (room: string, actor: string, key: string) => journal().find(room, actor, key),
  seqAt: (room: string, at: string) => journal().seqAt(room, at),
  rooms: () => journal().rooms(),
  snapshot: (room: string) => journal().snapshot(room),
  keepSnapshot: (room: string, snapshot: Snapshot) => journal().keepSnapshot(room, snapshot),
  past: (room: string, seq: number) => journal().past(room, seq),
  pastSeqs: (room: string) => journal().pastSeqs(room),
  keepPast: (room: string, snapshot: Snapshot, gone: number[]) => journal().keepPast(room, snapshot, gone),
  epoch: () => journal().epoch(),
  durability: () => journal().durability(),
  probe: () => journal().probe(),
  close: () => opened?.close(),
})
