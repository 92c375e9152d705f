/**
 * Metres from each cell to the next one of a mask, straight and diagonal steps alone (two-pass chamfer, up to
 * 8 % too long), `limit` at most.
 */
export function farFrom(
  mask: ArrayLike<number>,
  cols: number,
  { widthM, heightM }: { widthM: number; heightM: number },
  limit: number,
): Uint16Array {
  const count = mask.length
  const rows = count / cols
  const across = Math.round(Math.sqrt(widthM * widthM + heightM * heightM))
  const [side, down] = [Math.round(widthM), Math.round(heightM)]
  const far = new Uint16Array(count)
  for (let i = 0; i < count; i++) far[i] = mask[i] ? 0 : limit
  const nearer = (i: number, other: number, step: number): void => {
    if (far[other] + step < far[i]) far[i] = far[other] + step
  }
  for (let row = 0, i = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, i++) {
      if (col > 0) nearer(i, i - 1, side)
      if (row === 0) continue
      nearer(i, i - cols, down)
      if (col > 0) nearer(i, i - cols - 1, across)
      if (col < cols - 1) nearer(i, i - cols + 1, across)
    }
  }
  for (let row = rows - 1, i = count - 1; row >= 0; row--) {
    for (let col = cols - 1; col >= 0; col--, i--) {
      if (col < cols - 1) nearer(i, i + 1, side)
      if (row === rows - 1) continue
      nearer(i, i + cols, down)
      if (col < cols - 1) nearer(i, i + cols + 1, across)
      if (col > 0) nearer(i, i + cols - 1, across)
    }
  }
  return far
}
