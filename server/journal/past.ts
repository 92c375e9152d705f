import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { unflatten } from '../contract/world.ts'
import type { World, WorldText } from '../contract/world.ts'
import type { Store } from '../db/store.ts'

/** Changes from one kept world of the past to the next, while they are young. */
export const PAST_EVERY = 5000
/** So many of the youngest are kept at that distance; twice as old, half as many. */
const YOUNG = 4

const packed = promisify(gzip)
const unpacked = promisify(gunzip)
const numberOf = (seq: number): number => Math.floor(seq / PAST_EVERY)

/** Which of the kept worlds may go, now that the newest is at `head`: the further back, the fewer. */
export function thinned(seqs: readonly number[], head: number): number[] {
  const gone: number[] = []
  let last = -1
  for (const seq of seqs.toSorted((a, b) => a - b)) {
    const age = Math.max(1, (numberOf(head) - numberOf(seq)) / YOUNG)
    const slot = Math.floor(numberOf(seq) / 2 ** Math.floor(Math.log2(age)))
    // Of those that fall into one slot the first stays, so that it stays whatever comes.
    if (slot === last) gone.push(seq)
    last = slot
  }
  return gone
}

/** Keeps a world of the past where the last one lies far enough back. `text` is as of a snapshot. */
export async function keepPast(
  store: Store,
  room: string,
  { seq, hash, text }: { seq: number; hash: string; text: string },
): Promise<void> {
  const held = await store.pastSeqs(room)
  if (numberOf(seq) <= numberOf(Math.max(0, ...held))) return
  const small = (await packed(text)).toString('base64')
  await store.keepPast(room, { seq, hash, text: small }, thinned([...held, seq], seq))
}

/** The nearest kept world up to `seq`, or null: then the journal tells from its start. */
export async function pastWorld(store: Store, room: string, seq: number): Promise<World | null> {
  const kept = await store.past(room, seq)
  if (!kept) return null
  try {
    const text = (await unpacked(Buffer.from(kept.text, 'base64'))).toString()
    const { form, ...world } = JSON.parse(text) as WorldText & { form: number }
    if (form !== 1 || world.seq !== kept.seq || world.room !== room) return null
    return unflatten(world)
  } catch {
    return null
  }
}
