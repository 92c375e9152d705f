import type { Text } from './errors.ts'

/** Why nothing can be written at present. */
export interface NotWritable {
  /** ISO UTC. */
  since: string
  reason: Text
}

/** Whether the journal takes changes; known before the next command is refused. */
export interface Writable {
  /** Null = it does, as far as is known. */
  notWritable(): NotWritable | null
  /** Told at each change of it, until the function returned is called. */
  watchWritable(tell: (now: NotWritable | null) => void): () => void
}
