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

/** How safely the store's own connection commits, asked of that connection. */
export interface Durability {
  journalMode: string
  synchronous: number
}

/**
 * Where changes are kept. `append` is all or nothing and durable when it resolves; `conflict` means that a
 * seq or a key of one row is taken, and nothing was written. Any other failure rejects.
 */
export interface Store {
  append(rows: readonly ChangeRow[]): Promise<'ok' | 'conflict'>
  /** Rows of a room after `since`, in order; at most `limit`. */
  read(room: string, since: number, limit?: number): Promise<ChangeRow[]>
  rooms(): Promise<string[]>
  /** Changes only when a backup is restored: whoever followed another epoch starts afresh. */
  epoch(): Promise<string>
  durability(): Promise<Durability>
  close(): Promise<void>
}

/** The data folder belongs to another process that is alive. */
export class FolderInUse extends Error {}

/** The journal's format is not one this release writes. */
export class UnknownFormat extends Error {}
