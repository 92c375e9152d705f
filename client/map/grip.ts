interface Pixel {
  x: number
  y: number
}
/** What of a line is under the pointer: a corner, or the middle of the side behind corner `side`. */
export type Grip = { corner: number } | { side: number }

const between = (a: Pixel, b: Pixel): Pixel => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

/** The corner within reach that is nearest; else such a middle. A corner that is nowhere (null) has no sides. */
export function gripAt(
  corners: readonly (Pixel | null)[],
  closed: boolean,
  { x, y }: Pixel,
  reachPx: number,
): Grip | null {
  const nearest = (points: readonly (Pixel | null)[]): number | null => {
    let [best, least]: [number | null, number] = [null, reachPx]
    points.forEach((point, i) => {
      const far = point ? Math.hypot(point.x - x, point.y - y) : Infinity
      if (far <= least) [best, least] = [i, far]
    })
    return best
  }
  const corner = nearest(corners)
  if (corner !== null) return { corner }
  const middles = corners.map((from, i) => {
    const to = i + 1 < corners.length ? corners[i + 1] : closed && corners.length > 2 ? corners[0] : null
    return from && to ? between(from, to) : null
  })
  const side = nearest(middles)
  return side === null ? null : { side }
}
