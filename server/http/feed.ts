import type { Present } from '../contract/presence.ts'
import type { NotWritable } from '../contract/writable.ts'
import type { Published } from '../journal/decide.ts'
import type { Room } from '../journal/room.ts'
import { sightKey } from '../journal/sight.ts'
import type { Sight } from '../journal/sight.ts'
import { viewChange } from '../journal/view.ts'

/** A change above this is fetched, not streamed. */
const FRAME_BYTES = 256 * 1024
/** Frames kept for those who come back. */
const KEPT = 500
/** Whoever missed more than this reads the snapshot instead. */
const MOST_MISSED = 500

const utf8 = new TextEncoder()

export interface Frame {
  seq: number
  bytes: Uint8Array
}

/** Tells a listener to read the snapshot again. */
export const refetchFrame = (epoch: string, seq: number) =>
  eventFrame('refetch', epoch, seq, `{"seq":${seq}}`)
/** Everything up to here has been told. */
export const readyFrame = (epoch: string, seq: number) => eventFrame('ready', epoch, seq, `{"seq":${seq}}`)
/** An event, not a comment: a page hears no comments, and a line that died silently must show. */
export const HEARTBEAT = utf8.encode('event: beat\ndata: {}\n\n')

/** Who is there now; without an id, for it is no part of the journal. */
export const presenceFrame = (present: Present[]): Uint8Array =>
  utf8.encode(`event: presence\ndata: ${JSON.stringify(present)}\n\n`)

/** Whether commands are taken now; null = they are. */
export const writableFrame = (held: NotWritable | null): Uint8Array =>
  utf8.encode(`event: writable\ndata: ${JSON.stringify(held)}\n\n`)

function eventFrame(event: string, epoch: string, seq: number, data: string): Uint8Array {
  return utf8.encode(`id: ${epoch}-${seq}\nevent: ${event}\ndata: ${data}\n\n`)
}

/** The seq of a `Last-Event-ID` of this epoch; null when it is none. */
export function seqOf(lastEventId: string, epoch: string): number | null {
  const match = /^(.+)-(\d{1,15})$/.exec(lastEventId)
  return match && match[1] === epoch ? Number(match[2]) : null
}

/** A room's changes as those get them who see the same: each encoded once, however many listen. */
export class Feed {
  private readonly frames: Frame[] = []
  /** Frames hold everything after this. */
  private from: number
  /** The last change they got anything of; 0 = not known. */
  private last = 0
  private readonly listeners = new Set<(frame: Frame) => void>()
  private readonly end: () => void

  constructor(
    private readonly room: Room,
    private readonly sight: Sight,
    private readonly epoch: string,
    private readonly onEnd: () => void,
  ) {
    // Whose row it was that a change took away is known of those of this run alone.
    const recent = room.recent().filter(({ before }) => before !== null || sight.own === null)
    this.from = recent[0] ? recent[0].change.seq - 1 : room.world().seq
    for (const published of recent) this.add(published)
    const leave = room.subscribe(published => {
      const frame = this.add(published)
      if (frame) for (const tell of this.listeners) tell(frame)
    })
    this.end = () => {
      leave()
      this.onEnd()
    }
  }

  /** The frames after `since`, in order; null when they cannot be told one by one. */
  missed(since: number): readonly Frame[] | null {
    if (since < this.from || since > this.room.world().seq) return null
    const missed = this.frames.filter(({ seq }) => seq > since)
    return missed.length > MOST_MISSED ? null : missed
  }

  /** @returns the way to leave; with the last who leaves it ends, so that a room nobody follows can rest */
  listen(tell: (frame: Frame) => void): () => void {
    this.listeners.add(tell)
    return () => {
      if (this.listeners.delete(tell) && this.listeners.size === 0) this.end()
    }
  }

  private add(published: Published): Frame | null {
    const seen = viewChange(published, this.sight)
    if (!seen) return null
    const { seq } = seen
    const text = JSON.stringify({ ...seen, after: this.last })
    const bytes =
      text.length > FRAME_BYTES ? refetchFrame(this.epoch, seq) : eventFrame('change', this.epoch, seq, text)
    this.last = seq
    const frame = { seq, bytes }
    this.frames.push(frame)
    if (this.frames.length > KEPT * 2) {
      this.from = this.frames[KEPT - 1]!.seq
      this.frames.splice(0, KEPT)
    }
    return frame
  }
}

const feeds = new WeakMap<Room, Map<string, Feed>>()

/** A room's feed for those who see the same, made for the first of them; to be listened to at once. */
export function feedOf(room: Room, sight: Sight, epoch: string): Feed {
  let bySight = feeds.get(room)
  if (!bySight) feeds.set(room, (bySight = new Map()))
  const [key, here] = [sightKey(sight), bySight]
  let feed = bySight.get(key)
  if (!feed) bySight.set(key, (feed = new Feed(room, sight, epoch, () => here.delete(key))))
  return feed
}
