import type { Bbox } from '../../server/contract/geo.ts'

const ZOOMS = { max: 12, min: 6 }

/** The tile over the middle of a box. */
export function middleTile([w, s, e, n]: Bbox, z: number): { z: number; x: number; y: number } {
  const lat = (((s + n) / 2) * Math.PI) / 180
  const side = 2 ** z
  const x = Math.floor((((w + e) / 2 + 180) / 360) * side)
  const y = Math.floor(((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2) * side)
  return { z, x, y }
}

/**
 * The deepest zoom that has terrain, found by asking: it depends on the heights the county came with, and a
 * tile that is not there would be drawn as flat black ground.
 */
export async function terrainZoom(
  bbox: Bbox,
  urlOf: (tile: { z: number; x: number; y: number }) => string,
  fetcher: (url: string) => Promise<{ status: number }> = url => fetch(url),
): Promise<number> {
  for (let z = ZOOMS.max; z > ZOOMS.min; z--) {
    const there = await fetcher(urlOf(middleTile(bbox, z))).catch(() => null)
    if (there?.status === 200) return z
  }
  return ZOOMS.min
}
