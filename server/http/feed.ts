import type { Published, Room } from '../journal/room.ts'
import { wireText } from '../journal/hash.ts'

type Row = Published['row']

/** A change above this is fetched, not streamed. */
const FRAME_BYTES = 256 * 1024

const utf8 = new TextEncoder()
const frames = new WeakMap<Row, Uint8Array>()

/** The bytes of a change on the stream: encoded once, however many listen. */
export function changeFrame(epoch: string, row: Row): Uint8Array {
  let frame = frames.get(row)
  if (!frame) {
    const large = row.text.length > FRAME_BYTES
    frame = large ? refetchFrame(epoch, row.seq) : eventFrame('change', epoch, row.seq, wireText(row))
    frames.set(row, frame)
  }
  return frame
}

/** Tells a listener to read the snapshot again. */
export const refetchFrame = (epoch: string, seq: number) =>
  eventFrame('refetch', epoch, seq, `{"seq":${seq}}`)
/** The first frame: where the room stands. */
export const readyFrame = (epoch: string, seq: number) => eventFrame('ready', epoch, seq, `{"seq":${seq}}`)
export const HEARTBEAT = utf8.encode(': \n\n')

function eventFrame(event: string, epoch: string, seq: number, data: string): Uint8Array {
  return utf8.encode(`id: ${epoch}-${seq}\nevent: ${event}\ndata: ${data}\n\n`)
}

/** Whoever missed more than this reads the snapshot instead. */
const MAX_MISSED = 500

/** The seq after which a listener goes on; null when it is to read the snapshot again. */
export function resumeSeq(lastEventId: string, epoch: string, head: number): number | null {
  const match = /^(.+)-(\d{1,15})$/.exec(lastEventId)
  if (!match || match[1] !== epoch) return null
  const seq = Number(match[2])
  return seq <= head && head - seq <= MAX_MISSED ? seq : null
}

/**
 * Sends every change of a room after `since`, in order, none lost and none twice: what comes while the
 * journal is being read waits until that is sent. `fail` is told when it cannot be read.
 * Returns the way to leave.
 */
export function follow(room: Room, since: number, send: (row: Row) => void, fail: () => void): () => void {
  let sent = since
  let waiting: Row[] | null = []
  const pass = (row: Row) => {
    if (row.seq <= sent) return
    sent = row.seq
    send(row)
  }
  const catchUp = async () => {
    const behind = since < room.world().seq
    for (const row of behind ? await room.rows(since) : []) pass(row)
    for (const row of waiting ?? []) pass(row)
    waiting = null
  }
  const leave = room.subscribe(({ row }) => (waiting ? waiting.push(row) : pass(row)))
  catchUp().catch(fail)
  return leave
}
