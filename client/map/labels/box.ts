/** Screen pixels, y downwards. */
export type Px = readonly [x: number, y: number]
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const boxAt = ([x, y]: Px, width: number, height: number): Box => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
})

/** Edges that touch do not overlap. */
export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Does the straight line from `from` to `to` pass through the inside of a box? (Liang–Barsky) */
export function crosses([from, to]: readonly [Px, Px], box: Box): boolean {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  let [enter, leave] = [0, 1]
  for (const [along, room] of [
    [-dx, from[0] - box.left],
    [dx, box.right - from[0]],
    [-dy, from[1] - box.top],
    [dy, box.bottom - from[1]],
  ] as const) {
    if (along === 0) {
      if (room <= 0) return false
    } else if (along < 0) enter = Math.max(enter, room / along)
    else leave = Math.min(leave, room / along)
  }
  return enter < leave
}

/** Do two straight lines cross, ends aside? */
export function cross([a, b]: readonly [Px, Px], [c, d]: readonly [Px, Px]): boolean {
  const side = (p: Px, q: Px, r: Px): number => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}
