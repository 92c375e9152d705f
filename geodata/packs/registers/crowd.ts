import { apartM, type Ground } from './ground.ts'

/** Chosen cells in squares, so that "is one nearer than" looks at few. */
export class Crowd {
  readonly #ground: Ground
  readonly #side: number
  readonly #squares = new Map<number, number[]>()

  /** @param reachM the largest distance that will be asked for */
  constructor(ground: Ground, reachM: number) {
    this.#ground = ground
    this.#side = Math.max(1, Math.ceil(reachM / Math.min(ground.widthM, ground.heightM)))
  }

  add(cell: number): void {
    const key = this.#key(cell, 0, 0)
    const square = this.#squares.get(key)
    if (square) square.push(cell)
    else this.#squares.set(key, [cell])
  }

  within(cell: number, metres: number): boolean {
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        const square = this.#squares.get(this.#key(cell, dr, dc))
        if (square?.some(other => apartM(this.#ground, other, cell) < metres)) return true
      }
    }
    return false
  }

  #key(cell: number, dr: number, dc: number): number {
    const { cols } = this.#ground.land.grid
    const row = Math.floor(cell / cols)
    return (Math.floor(row / this.#side) + dr) * 100_000 + Math.floor((cell - row * cols) / this.#side) + dc
  }
}
