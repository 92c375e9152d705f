import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createMbtiles } from '../../geodata/mbtiles.ts'
import { buildGraph } from '../algo/roads/build.ts'
import type { County, PartName } from '../contract/county.ts'
import type { RoadNetwork, RoadWay } from '../contract/roads.ts'
import { ROAD_CLASSES } from '../contract/settings.ts'

export const CORNER: [number, number] = [1.5, 42.5]
const STEP = 0.005
const SIDE = 8

/** A square net of county roads, about 500 m between junctions, from `CORNER` to the north-east. */
function squareNet(): RoadNetwork {
  const id = (x: number, y: number) => y * SIDE + x + 1
  const axis = Array.from({ length: SIDE }, (_, i) => i)
  const ways = axis.flatMap(i => [
    way(
      100 + i,
      axis.map(x => id(x, i)),
    ),
    way(
      200 + i,
      axis.map(y => id(i, y)),
    ),
  ])
  const cells = axis.flatMap(y => axis.map(x => ({ x, y })))
  return {
    nodeIds: Float64Array.from(cells, c => id(c.x, c.y)),
    lonE7: Int32Array.from(cells, c => Math.round((CORNER[0] + c.x * STEP) * 1e7)),
    latE7: Int32Array.from(cells, c => Math.round((CORNER[1] + c.y * STEP) * 1e7)),
    ways,
    restrictions: [],
    barriers: [],
  }
}

function way(id: number, nodes: number[]): RoadWay {
  const cls = ROAD_CLASSES.indexOf('county')
  const none = { maxspeedFwd: 0, maxspeedBack: 0, maxweightT: 0, maxheightM: 0, maxwidthM: 0 }
  return { id, nodes, cls, flags: 0, name: `路${id}`, ref: '', ...none }
}

/** A county folder as the importer leaves it, put in place by a rename. */
export function writeCounty(
  counties: string,
  id: string,
  edit: (county: County) => unknown = c => c,
): string {
  const aside = join(counties, `.${id}.tmp-0`)
  mkdirSync(aside, { recursive: true })
  const source = { name: 'test', asOf: null }
  const place = (n: number) => [CORNER[0] + n * STEP, CORNER[1] + n * STEP]
  const files: Partial<Record<PartName, [string, Uint8Array]>> = {
    roads: ['roads.graph', new Uint8Array(buildGraph(squareNet()))],
    people: [
      'people.json',
      json([{ id: 'p1', name: '上村', kind: 'village', at: place(1), people: 120, source }]),
    ],
    teams: [
      'teams.json',
      json([{ id: 't1', name: '消防站', kind: 'fire', at: place(0), turnoutMs: null, source }]),
    ],
    facilities: ['facilities.json', json([])],
  }
  const parts: County['parts'] = {}
  for (const [name, [file, bytes]] of Object.entries(files)) {
    writeFileSync(join(aside, file), bytes)
    parts[name as PartName] = { file, version: 1, sha256: sha(bytes), bytes: bytes.length, madeFrom: [] }
  }
  const bbox: County['bbox'] = [
    CORNER[0],
    CORNER[1],
    CORNER[0] + STEP * (SIDE - 1),
    CORNER[1] + STEP * (SIDE - 1),
  ]
  const tiles = createMbtiles(join(aside, 'base.mbtiles'))
  tiles.put({ z: 0, x: 0, y: 0, bytes: gzipSync('a tile') })
  tiles.close({ name: id, format: 'pbf', bounds: bbox, minzoom: 0, maxzoom: 0, attribution: '' })
  parts.base = { file: 'base.mbtiles', version: 1, sha256: 'ba'.repeat(32), bytes: 1, madeFrom: [] }
  const county: County = {
    id,
    name: `${id} 县`,
    timeZone: 'Asia/Shanghai',
    bbox,
    fictional: true,
    attribution: [],
    importedAt: new Date().toISOString(),
    roadsAsOf: null,
    parts,
    notes: [],
  }
  writeFileSync(join(aside, 'county.json'), JSON.stringify(edit(county)))
  const live = join(counties, id)
  rmSync(live, { recursive: true, force: true })
  renameSync(aside, live)
  return live
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
