import type { Audience } from '../contract/change.ts'
import type { Published } from '../journal/decide.ts'
import type { Room } from '../journal/room.ts'
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

function eventFrame(event: string, epoch: string, seq: number, data: string): Uint8Array {
  return utf8.encode(`id: ${epoch}-${seq}\nevent: ${event}\ndata: ${data}\n\n`)
}

/** The seq of a `Last-Event-ID` of this epoch; null when it is none. */
export function seqOf(lastEventId: string, epoch: string): number | null {
  const match = /^(.+)-(\d{1,15})$/.exec(lastEventId)
  return match && match[1] === epoch ? Number(match[2]) : null
}

/** A room's changes as one audience gets them: each encoded once, however many listen. */
export class Feed {
  private readonly frames: Frame[] = []
  /** Frames hold everything after this. */
  private from: number
  /** The last change this audience got anything of; 0 = not known. */
  private last = 0
  private readonly listeners = new Set<(frame: Frame) => void>()

  constructor(
    private readonly room: Room,
    private readonly audience: Audience,
    private readonly epoch: string,
  ) {
    const recent = room.recent()
    this.from = recent[0] ? recent[0].change.seq - 1 : room.world().seq
    for (const published of recent) this.add(published)
    room.subscribe(published => {
      const frame = this.add(published)
      if (frame) for (const tell of this.listeners) tell(frame)
    })
  }

  /** The frames after `since`, in order; null when they cannot be told one by one. */
  missed(since: number): readonly Frame[] | null {
    if (since < this.from || since > this.room.world().seq) return null
    const missed = this.frames.filter(({ seq }) => seq > since)
    return missed.length > MOST_MISSED ? null : missed
  }

  /** @returns the way to leave */
  listen(tell: (frame: Frame) => void): () => void {
    this.listeners.add(tell)
    return () => void this.listeners.delete(tell)
  }

  private add(published: Published): Frame | null {
    const seen = viewChange(published, this.audience)
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

const feeds = new WeakMap<Room, Map<Audience, Feed>>()

/** A room's feed for an audience, made when first asked for. */
export function feedOf(room: Room, audience: Audience, epoch: string): Feed {
  let byAudience = feeds.get(room)
  if (!byAudience) feeds.set(room, (byAudience = new Map()))
  let feed = byAudience.get(audience)
  if (!feed) byAudience.set(audience, (feed = new Feed(room, audience, epoch)))
  return feed
}
