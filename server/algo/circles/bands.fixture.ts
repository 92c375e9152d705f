/** A reader's own test of what lies in a GeoJSON polygon, and of what a valid one is. Shares nothing with algo. */
export type Rings = number[][][]
export type Polygons = Rings[]

/** Even-odd test against many points at once: sides are kept by row of latitude. */
export class Land {
  private readonly rows = new Map<number, [number, number, number, number][]>()
  private readonly height = 0.002

  constructor(polygons: Polygons) {
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const [ax, ay] = ring[i - 1]
        const [bx, by] = ring[i]
        const [lo, hi] = [
          Math.floor(Math.min(ay, by) / this.height),
          Math.floor(Math.max(ay, by) / this.height),
        ]
        for (let row = lo; row <= hi; row++) {
          const sides = this.rows.get(row)
          if (sides) sides.push([ax, ay, bx, by])
          else this.rows.set(row, [[ax, ay, bx, by]])
        }
      }
    }
  }

  holds([x, y]: readonly number[]): boolean {
    let odd = false
    for (const [ax, ay, bx, by] of this.rows.get(Math.floor(y / this.height)) ?? []) {
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd
    }
    return odd
  }
}

/** What is wrong with polygons as RFC 7946 and OGC simple features have it; empty = nothing. */
export function faultsOf(polygons: Polygons): string[] {
  const faults: string[] = []
  polygons.forEach((rings, p) => {
    const outer = new Land([[rings[0]]])
    rings.forEach((ring, r) => {
      const name = `polygon ${p} ring ${r}`
      const [first, last] = [ring[0], ring.at(-1)!]
      if (ring.length < 4) faults.push(`${name}: ${ring.length} points`)
      if (first[0] !== last[0] || first[1] !== last[1]) faults.push(`${name}: not closed`)
      if (doubleArea(ring) > 0 !== (r === 0)) faults.push(`${name}: runs the wrong way`)
      if (r > 0 && !ring.every(point => outer.holds(point)))
        faults.push(`${name}: a hole outside its polygon`)
    })
  })
  return [...faults, ...crossings(polygons.flat()).map(at => `sides cross at ${at}`)]
}

function doubleArea(ring: number[][]): number {
  let sum = 0
  const [ox, oy] = ring[0]
  for (let i = 1; i < ring.length; i++) {
    sum += (ring[i - 1][0] - ox) * (ring[i][1] - oy) - (ring[i][0] - ox) * (ring[i - 1][1] - oy)
  }
  return sum
}

/**
 * Places where two sides of the rings meet other than as neighbours: by cells, in whole 1e-9 degrees. With
 * `others` given, where a side of the one crosses a side of the other (touching is no crossing).
 */
export function crossings(rings: Rings, others?: Rings): string[] {
  const cells = new Map<string, number[]>()
  const sides: { a: number[]; b: number[]; ring: number; at: number; count: number; set: number }[] = []
  const add = (ring: number[][], id: number, set: number): void => {
    const points = ring.map(point => point.map(v => Math.round(v * 1e9)))
    for (let i = 1; i < points.length; i++) {
      sides.push({ a: points[i - 1], b: points[i], ring: id, at: i - 1, count: points.length - 1, set })
    }
  }
  rings.forEach((ring, i) => add(ring, i, 0))
  others?.forEach((ring, i) => add(ring, rings.length + i, 1))
  const found: string[] = []
  sides.forEach((side, s) => {
    const size = 2_000_000
    const [x0, x1] = [side.a[0], side.b[0]].sort((p, q) => p - q).map(v => Math.floor(v / size))
    const [y0, y1] = [side.a[1], side.b[1]].sort((p, q) => p - q).map(v => Math.floor(v / size))
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        const key = `${x},${y}`
        const list = cells.get(key) ?? []
        for (const o of list) {
          const other = sides[o]
          if (others && other.set === side.set) continue
          if (meet(side, other, others === undefined)) found.push(`${side.a.map(v => v / 1e9)}`)
        }
        list.push(s)
        cells.set(key, list)
      }
    }
  })
  return [...new Set(found)]
}

interface Side {
  a: number[]
  b: number[]
  ring: number
  at: number
  count: number
}

function meet(p: Side, q: Side, touching: boolean): boolean {
  const apart = Math.abs(p.at - q.at)
  const neighbours = p.ring === q.ring && (apart === 1 || apart === p.count - 1)
  const turn = (a: number[], b: number[], c: number[]): number =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const [s, t] = [turn(p.a, p.b, q.a), turn(p.a, p.b, q.b)]
  const [u, v] = [turn(q.a, q.b, p.a), turn(q.a, q.b, p.b)]
  if (s * t < 0 && u * v < 0) return true
  if (neighbours || !touching) return false
  const on = (a: number[], b: number[], c: number[]): boolean =>
    turn(a, b, c) === 0 &&
    Math.min(a[0], b[0]) <= c[0] &&
    c[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= c[1] &&
    c[1] <= Math.max(a[1], b[1])
  return on(p.a, p.b, q.a) || on(p.a, p.b, q.b) || on(q.a, q.b, p.a) || on(q.a, q.b, p.b)
}
