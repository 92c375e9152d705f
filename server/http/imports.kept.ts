import { randomUUID } from 'node:crypto'
import type { PreviewMade } from './exchange.ts'

/** A preview on its way to being applied; of the account that made it alone. */
export interface KeptPreview extends Pick<PreviewMade, 'command' | 'persons'> {
  room: string
  actor: string
}

export interface KeptBounds {
  ageMs: number
  /** Of one account: a file read again under another datum makes another. */
  perActor: number
  /** Of all accounts together. */
  all: number
  bytes: number
}
export const BOUNDS: KeptBounds = {
  ageMs: 30 * 60_000,
  perActor: 3,
  all: 60,
  bytes: 512 * 1024 * 1024,
}

/** Previews until they are applied, or too old, or too many: the oldest goes first, an account's own before others'. */
export class KeptPreviews {
  private readonly byId = new Map<string, KeptPreview & { at: number }>()

  constructor(
    private readonly now: () => Date,
    private readonly bounds: KeptBounds = BOUNDS,
  ) {}

  keep(preview: KeptPreview): string {
    const id = randomUUID()
    this.byId.set(id, { ...preview, at: this.now().getTime() })
    this.forget()
    return id
  }

  /** Null where it is gone, or somebody else's. */
  get(id: string, room: string, actor: string): KeptPreview | null {
    this.forget()
    const found = this.byId.get(id)
    return found && found.room === room && found.actor === actor ? found : null
  }

  private forget(): void {
    const { ageMs, perActor, all, bytes } = this.bounds
    const now = this.now().getTime()
    const count = new Map<string, number>()
    let [kept, size] = [0, 0]
    // The newest first: what is over a bound is the oldest.
    for (const [id, preview] of [...this.byId].reverse()) {
      const mine = (count.get(preview.actor) ?? 0) + 1
      const larger = size + sizeOf(preview)
      const over = now - preview.at > ageMs || mine > perActor || kept >= all || (kept > 0 && larger > bytes)
      if (over) {
        this.byId.delete(id)
        continue
      }
      count.set(preview.actor, mine)
      kept++
      size = larger
    }
  }
}

const sizeOf = ({ command, persons }: KeptPreview): number => (command?.length ?? 0) + persons.length
