/** Heights of a Terrain-RGB tile (Mapbox encoding), row by row from the north; NaN-free. */
export interface HeightTile {
  size: number
  heightM: Float32Array
}

/** https://docs.mapbox.com/data/tilesets/reference/mapbox-terrain-rgb-v1/ */
export function heightsOf(rgba: Uint8ClampedArray, size: number): HeightTile {
  const heightM = new Float32Array(size * size)
  for (let i = 0; i < heightM.length; i++) {
    const [r, g, b] = [rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!]
    heightM[i] = (r * 65_536 + g * 256 + b) / 10 - 10_000
  }
  return { size, heightM }
}

/** Fetches and decodes one tile; null where there is none. Works in a page and in a worker. */
export async function fetchHeights(url: string): Promise<HeightTile | null> {
  const response = await fetch(url).catch(() => null)
  if (response?.status !== 200) return null
  // A colour profile or premultiplied alpha would change heights.
  const bitmap = await createImageBitmap(await response.blob(), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  return heightsOf(context.getImageData(0, 0, bitmap.width, bitmap.height).data, bitmap.width)
}
