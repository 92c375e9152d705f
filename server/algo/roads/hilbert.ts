/**
 * Position of a point on the Hilbert curve over a box, 0 … 2³²−1: near on the map is near in memory.
 * Hamilton's bitwise form for 16 bits a side.
 * @param x, y integers 0 … 65535
 */
export function hilbert(x: number, y: number): number {
  let d = 0
  for (let s = 32768; s > 0; s >>= 1) {
    const rx = (x & s) > 0 ? 1 : 0
    const ry = (y & s) > 0 ? 1 : 0
    d += s * s * ((3 * rx) ^ ry)
    if (ry === 0) {
      if (rx === 1) {
        x = 65535 - x
        y = 65535 - y
      }
      const t = x
      x = y
      y = t
    }
  }
  return d
}

/** Ids 0 … n−1 in Hilbert order of their points; ties and equal cells keep the order of `rank`, then of the id. */
export function hilbertOrder(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  rank: ArrayLike<number>,
): Uint32Array {
  const n = xs.length
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    minX = Math.min(minX, xs[i]!)
    maxX = Math.max(maxX, xs[i]!)
    minY = Math.min(minY, ys[i]!)
    maxY = Math.max(maxY, ys[i]!)
  }
  const scaleX = 65535 / (maxX - minX || 1)
  const scaleY = 65535 / (maxY - minY || 1)
  const keys = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const cell = hilbert(Math.floor((xs[i]! - minX) * scaleX), Math.floor((ys[i]! - minY) * scaleY))
    keys[i] = rank[i]! * 4294967296 + cell
  }
  return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b)
}
