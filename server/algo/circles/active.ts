import { SIDE } from './lattice.ts'

/** Corners in a row of a block: SIDE + 1, filled up to whole words. */
export const STRIDE = SIDE + 4
const WORDS = STRIDE / 4
const CELL_WORDS = SIDE / 4

/**
 * Which cells of a block a line may cross: those whose corners lie beyond different numbers of limits, and those
 * with vertices of their own. Most cells of a block are neither, so four are looked at together.
 */
export class ActiveCells {
  private readonly ranks = new Uint8Array(STRIDE * (SIDE + 1))
  private readonly rankWords = new Int32Array(this.ranks.buffer)
  private readonly inner = new Uint8Array(SIDE * SIDE)
  private readonly innerWords = new Int32Array(this.inner.buffer)

  constructor(private readonly limits: number) {}

  /** Every corner beyond all limits, no cell with vertices. */
  clear(): void {
    this.ranks.fill(this.limits)
    this.inner.fill(0)
  }

  setRank(corner: number, rank: number): void {
    this.ranks[corner] = rank
  }

  markInner(x: number, y: number): void {
    this.inner[y * SIDE + x] = 1
  }
  hasInner(x: number, y: number): boolean {
    return this.inner[y * SIDE + x] === 1
  }

  /** Do all four corners of cell (x, y) have this rank? */
  agree(x: number, y: number, rank: number): boolean {
    const { ranks } = this
    const at = y * STRIDE + x
    return (
      ranks[at] === rank &&
      ranks[at + 1] === rank &&
      ranks[at + STRIDE] === rank &&
      ranks[at + STRIDE + 1] === rank
    )
  }

  forEach(visit: (x: number, y: number, hasInner: boolean) => void): void {
    const { ranks, rankWords, inner, innerWords } = this
    for (let y = 0; y < SIDE; y++) {
      for (let word = 0; word < CELL_WORDS; word++) {
        const below = rankWords[y * WORDS + word]!
        if (below === rankWords[(y + 1) * WORDS + word] && innerWords[y * CELL_WORDS + word] === 0) {
          const rank = below & 255
          const next = y * STRIDE + word * 4 + 4
          const whole = below === Math.imul(rank, 0x01010101)
          if (whole && ranks[next] === rank && ranks[next + STRIDE] === rank) continue
        }
        for (let x = word * 4; x < word * 4 + 4; x++) {
          const hasInner = inner[y * SIDE + x] === 1
          if (hasInner || !this.agree(x, y, ranks[y * STRIDE + x]!)) visit(x, y, hasInner)
        }
      }
    }
  }
}
