import { RANK } from './classes.ts'
import type { Draft } from './draft.ts'
import { joinedTo } from './lay.ts'

const SQUARE_M = 300

/** The places that roads join to one of them, by squares, so that those near a spot are found. */
export class Joined {
  private joined: Uint8Array = new Uint8Array(0)
  private readonly bySquare = new Map<number, number[]>()

  constructor(
    private readonly draft: Draft,
    private readonly from: number,
  ) {
    this.refresh()
  }

  has(place: number): boolean {
    return this.joined[place] === 1
  }

  /** After roads were built: takes in the places that they joined. */
  refresh(): void {
    const { draft } = this
    const before = this.joined
    this.joined = joinedTo(draft, this.from)
    const seen = new Set<number>()
    for (const { a, b, rank } of draft.edges) {
      if (rank === RANK.motorway || rank === RANK.path) continue
      for (const place of [a, b]) {
        if (!this.joined[place] || before[place] === 1 || seen.has(place)) continue
        seen.add(place)
        this.put(place)
      }
    }
  }

  /** Places within some metres of a spot. */
  near(x: number, y: number, withinM: number): number[] {
    const { draft } = this
    const reach = Math.ceil(withinM / SQUARE_M)
    const out: number[] = []
    for (let i = -reach; i <= reach; i++) {
      for (let j = -reach; j <= reach; j++) {
        for (const place of this.bySquare.get(keyOf(x + j * SQUARE_M, y + i * SQUARE_M)) ?? []) {
          const [dx, dy] = [draft.x(place) - x, draft.y(place) - y]
          if (dx * dx + dy * dy <= withinM * withinM) out.push(place)
        }
      }
    }
    return out
  }

  private put(place: number): void {
    const key = keyOf(this.draft.x(place), this.draft.y(place))
    const there = this.bySquare.get(key)
    if (there) there.push(place)
    else this.bySquare.set(key, [place])
  }
}

const keyOf = (x: number, y: number): number => Math.floor(y / SQUARE_M) * 4096 + Math.floor(x / SQUARE_M)
