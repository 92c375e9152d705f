import { partFile } from './county.ts'
import type { LoadedCounty } from './county.ts'
import { createThread } from './thread.ts'

export interface Tiles {
  /** The stored bytes of a tile (XYZ), or null. Read in a thread, so that a slow disk keeps nobody waiting. */
  read(county: string, layer: 'base' | 'terrain', z: number, x: number, y: number): Promise<Uint8Array | null>
  close(): Promise<void>
}

export function createTiles(get: (id: string) => LoadedCounty | undefined): Tiles {
  const thread = createThread(new URL('./tiles.worker.ts', import.meta.url), null)
  return {
    read: async (id, layer, z, x, y) => {
      const county = get(id)
      if (!county?.data.county.parts[layer]) return null
      const path = partFile(county.folder, county.data.county, layer)
      return thread.call<Uint8Array | null>('tile', path, county.etag, z, x, y)
    },
    close: () => thread.close(),
  }
}
