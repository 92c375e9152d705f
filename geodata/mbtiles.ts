import { existsSync } from 'node:fs'
import Database from 'libsql'
import { Refusal } from '../server/contract/errors.ts'
import type { Bbox } from '../server/contract/geo.ts'

/**
 * MBTiles 1.3 in SQLite: https://github.com/mapbox/mbtiles-spec
 * The binding takes values in one array only: a bare Buffer argument makes it abort the process.
 */
export interface MbtilesInfo {
  name: string
  format: 'pbf' | 'png'
  bounds: Bbox
  minzoom: number
  maxzoom: number
  attribution: string
  /** The `json` row: vector layers. */
  json?: string
  /** Further rows, e.g. the terrain's encoding. */
  more?: Record<string, string>
}

export interface MbtilesWriter {
  put(tile: { z: number; x: number; y: number; bytes: Uint8Array }): void
  /** Ends the file; nothing of it counts before. */
  close(info: MbtilesInfo): void
  /** Leaves it unfinished. */
  abandon(): void
}

/** A new MBTiles file. The caller syncs it to disk and removes it on failure. */
export function createMbtiles(path: string): MbtilesWriter {
  const db = new Database(path)
  // The file is built aside and synced as a whole, so a journal would only cost time and leave files.
  db.exec('PRAGMA journal_mode = OFF')
  db.exec('PRAGMA synchronous = OFF')
  db.exec('PRAGMA application_id = 0x4d504258')
  db.exec('CREATE TABLE metadata (name text, value text)')
  db.exec(
    'CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob, ' +
      'PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID',
  )
  db.exec('BEGIN')
  const insert = db.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)')
  return {
    put({ z, x, y, bytes }) {
      insert.run([z, x, 2 ** z - 1 - y, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)])
    },
    close(info) {
      const row = db.prepare('INSERT INTO metadata VALUES (?, ?)')
      const { bounds, minzoom, maxzoom, more = {}, ...texts } = info
      const centre = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, Math.min(10, maxzoom)]
      const rows: Record<string, string | undefined> = {
        ...texts,
        bounds: bounds.join(','),
        center: centre.join(','),
        minzoom: String(minzoom),
        maxzoom: String(maxzoom),
        type: 'baselayer',
        version: '1',
        ...more,
      }
      for (const [name, value] of Object.entries(rows)) if (value !== undefined) row.run([name, value])
      db.exec('COMMIT')
      db.close()
    },
    abandon() {
      db.close()
    },
  }
}

export interface Mbtiles {
  metadata: Readonly<Record<string, string>>
  /** The tile's bytes as stored (vector tiles are gzipped), XYZ rows counted from the north; null if absent. */
  tile(z: number, x: number, y: number): Uint8Array | null
  close(): void
}

/**
 * Opens a tile file for reading. Calls are synchronous: use it inside a worker.
 * @throws Refusal tiles_unreadable
 */
export function openMbtiles(path: string): Mbtiles {
  // The binding would create a missing file.
  if (!existsSync(path)) throw unreadable(path)
  let db: Database.Database | undefined
  try {
    db = new Database(path)
    db.exec('PRAGMA query_only = ON')
    const rows = db.prepare('SELECT name, value FROM metadata').all([]) as { name: string; value: string }[]
    const select = db
      .prepare('SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?')
      .raw()
    const open = db
    return {
      metadata: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
      tile(z, x, y) {
        const found = select.get([z, x, 2 ** z - 1 - y]) as [Uint8Array] | undefined
        return found ? found[0] : null
      },
      close: () => void open.close(),
    }
  } catch {
    db?.close()
    throw unreadable(path)
  }
}

function unreadable(path: string): Refusal {
  const file = path.split(/[\\/]/).slice(-2).join('/')
  return new Refusal(
    'tiles_unreadable',
    500,
    { zh: `地图瓦片文件读不了：${file}`, en: `The map tile file cannot be read: ${file}` },
    {
      zh: '请重新导入该县：npm run import -- 文件夹',
      en: 'Import the county again: npm run import -- FOLDER',
    },
  )
}
