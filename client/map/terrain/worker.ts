import { fetchHeights, type HeightTile } from './decode.ts'
import { contourTile } from './tile.ts'

export interface ContourQuestion {
  id: number
  /** The tile and its eight neighbours, row by row from the northwest. */
  urls: string[]
  everyM: number
}
export interface ContourReply {
  id: number
  tile: ArrayBuffer | null
}

/** Neighbours are asked for again and again: the last ones are kept, oldest dropped first. */
const KEPT = 48
const kept = new Map<string, Promise<HeightTile | null>>()

function heights(url: string): Promise<HeightTile | null> {
  const known = kept.get(url) ?? fetchHeights(url)
  kept.delete(url)
  kept.set(url, known)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return known
}

self.addEventListener('message', async ({ data }: MessageEvent<ContourQuestion>) => {
  const tiles = await Promise.all(data.urls.map(heights)).catch(() => [])
  const bytes = contourTile(tiles, data.everyM)
  const tile = (bytes?.slice().buffer ?? null) as ArrayBuffer | null
  self.postMessage({ id: data.id, tile } satisfies ContourReply, { transfer: tile ? [tile] : [] })
})
