import { openMbtiles } from '../../geodata/mbtiles.ts'
import { answerCalls } from './thread.ts'

const opened = new Map<string, { stamp: string; tiles: ReturnType<typeof openMbtiles> }>()

/** The file behind a path; `stamp` changes with every import, and then it is opened anew. */
function open(path: string, stamp: string) {
  const before = opened.get(path)
  if (before?.stamp === stamp) return before.tiles
  before?.tiles.close()
  opened.delete(path)
  const tiles = openMbtiles(path)
  opened.set(path, { stamp, tiles })
  return tiles
}

answerCalls({
  tile: (path: string, stamp: string, z: number, x: number, y: number) => open(path, stamp).tile(z, x, y),
})
