import { cross, crosses, overlap } from './box.ts'
import type { Box, Px } from './box.ts'

const CELL_PX = 96

/** Boxes and lines that stand already, found by where they are. */
export class Crowd {
  private readonly boxes = new Map<number, Box[]>()
  private readonly lines: (readonly [Px, Px])[] = []

  add(box: Box): void {
    for (const cell of cellsOf(box)) {
      const there = this.boxes.get(cell)
      if (there) there.push(box)
      else this.boxes.set(cell, [box])
    }
  }
  addLine(line: readonly [Px, Px]): void {
    this.lines.push(line)
  }

  /** Is there nothing in a box, and no line through it? */
  isFree(box: Box): boolean {
    for (const cell of cellsOf(box)) {
      if (this.boxes.get(cell)?.some(other => overlap(box, other))) return false
    }
    return !this.lines.some(line => crosses(line, box))
  }

  /** Can a line be drawn without touching anything but `own`? */
  isOpen(line: readonly [Px, Px], own: Box): boolean {
    const [[x0, y0], [x1, y1]] = line
    const around = {
      left: Math.min(x0, x1),
      top: Math.min(y0, y1),
      right: Math.max(x0, x1),
      bottom: Math.max(y0, y1),
    }
    for (const cell of cellsOf(around)) {
      if (this.boxes.get(cell)?.some(box => box !== own && crosses(line, box))) return false
    }
    return !this.lines.some(other => cross(line, other))
  }
}

function* cellsOf({ left, top, right, bottom }: Box): Iterable<number> {
  const lastColumn = Math.floor(right / CELL_PX)
  const lastRow = Math.floor(bottom / CELL_PX)
  for (let row = Math.floor(top / CELL_PX); row <= lastRow; row++) {
    for (let column = Math.floor(left / CELL_PX); column <= lastColumn; column++) yield row * 4096 + column
  }
}
