/** One line of the journal as it is stored: `text` is what was hashed, byte for byte. */
export interface ChangeRow {
  room: string
  seq: number
  at: string
  text: string
  hash: string
  actor: string
  key: string
}

/** A room's world at `seq`, whose change has `hash`. A cache: it may be deleted at any time. */
export interface Snapshot {
  seq: number
  hash: string
  text: string
}

/** How safely the store's own connection commits, asked of that connection. */
export interface Durability {
  engine: 'memory' | 'sqlite' | 'postgresql'
  /** An answered `append` outlasts a power cut. */
  durable: boolean
  /** What was asked, by the engine's names. */
  settings: Record<string, string>
}

/**
 * Where changes are kept. `append` is all or nothing and durable when it resolves; `conflict` means that a
 * seq or a key of one row is taken, and nothing was written. Any other failure rejects, and may yet have
 * been written.
 */
export interface Store {
  append(rows: readonly ChangeRow[]): Promise<'ok' | 'conflict'>
  /** Rows of a room after `since`, in order; at most `limit`. */
  read(room: string, since: number, limit?: number): Promise<ChangeRow[]>
  /** What the actor's key was used for. */
  find(room: string, actor: string, key: string): Promise<ChangeRow | null>
  /** The last seq whose `at` is not after the instant (ISO); 0 = none. @throws RangeError when it is no instant */
  seqAt(room: string, at: string): Promise<number>
  rooms(): Promise<string[]>
  /** The newest kept, if the journal holds its seq with its hash. */
  snapshot(room: string): Promise<Snapshot | null>
  /** Replaces the room's snapshot, unless that is newer. */
  keepSnapshot(room: string, snapshot: Snapshot): Promise<void>
  /** The newest world of the past up to `seq`, if the journal holds its seq with its hash. */
  past(room: string, seq: number): Promise<Snapshot | null>
  /** Where worlds of the past are kept, in order. */
  pastSeqs(room: string): Promise<number[]>
  /** Keeps one more, and lets those at `gone` go. */
  keepPast(room: string, snapshot: Snapshot, gone: readonly number[]): Promise<void>
  /**
   * Tells of a room in which another process may have appended, until the function returned is called.
   * Being told for nothing is harmless.
   */
  watch(tell: (room: string) => void): Promise<() => void>
  /** Changes only when a backup is restored: whoever followed another epoch starts afresh. */
  epoch(): Promise<string>
  durability(): Promise<Durability>
  /** Writes something small as an append does, and rejects as one would. */
  probe(): Promise<void>
  close(): Promise<void>
}

/** The data folder belongs to another process that is alive. */
export class FolderInUse extends Error {}

/** The journal's format is not one this release writes. */
export class UnknownFormat extends Error {
  readonly code = 'UNKNOWN_FORMAT'
}
