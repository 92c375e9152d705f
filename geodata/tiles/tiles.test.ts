import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { decode } from 'fast-png'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bbox } from '../../server/contract/geo.ts'
import { elevationOf } from '../formats/elevation.ts'
import { writePbf } from '../formats/pbf.fixture.ts'
import { openPbf } from '../formats/pbf.ts'
import { createMbtiles, openMbtiles } from '../mbtiles.ts'
import { basemapOf } from '../osm/basemap.ts'
import { collectOsm } from '../osm/collect.ts'
import { settlementsOf } from '../osm/places.ts'
import { roadsOf } from '../osm/roads.ts'
import { finish } from '../work.ts'
import { latOfTile, lonOfTile, tileX, tileY, tilesIn } from './mercator.ts'
import { terrainMaxzoom, terrainTiles } from './terrain.ts'
import { type PackedTile, vectorLayers, vectorTiles } from './vector.ts'

let dir: string
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'tiles-'))))
afterAll(() => rmSync(dir, { recursive: true }))

test('tile arithmetic goes round', () => {
  expect([Math.floor(tileX(112.5, 10)), Math.floor(tileY(36, 10))]).toEqual([832, 402])
  expect(lonOfTile(tileX(112.5, 10), 10)).toBeCloseTo(112.5, 9)
  expect(latOfTile(tileY(36, 10), 10)).toBeCloseTo(36, 9)
  expect(tilesIn([-180, -90, 180, 90], 1)).toHaveLength(4)
})

const corner = (id: number, lon: number, lat: number, tags?: Record<string, string>) => ({
  id,
  lon,
  lat,
  tags,
})
const DATA = finish(
  collectOsm(
    openPbf(
      writePbf({
        nodes: [
          corner(1, 112.5, 36),
          corner(2, 112.51, 36),
          corner(3, 112.51, 36.01),
          corner(4, 112.5, 36.01),
          corner(5, 112.503, 36.003),
          corner(6, 112.507, 36.003),
          corner(7, 112.507, 36.007),
          corner(9, 112.506, 36.006, { natural: 'peak', name: '青顶', 'name:en': 'Mt. Qing', ele: '1834.4' }),
          corner(8, 112.505, 36.005, { place: 'town', name: '县城', population: '52000' }),
        ],
        ways: [
          {
            id: 4_000_000_001,
            refs: [1, 3],
            tags: { highway: 'primary', name: '滨河路', bridge: 'yes', oneway: '-1' },
          },
          { id: 2, refs: [1, 2], tags: { highway: 'path' } },
          { id: 3, refs: [1, 4], tags: { railway: 'rail', tunnel: 'yes' } },
          // A lake in two pieces, with an island.
          { id: 11, refs: [1, 2, 3] },
          { id: 12, refs: [1, 4, 3] },
          { id: 13, refs: [5, 6, 7, 5] },
          { id: 14, refs: [2, 3], tags: { boundary: 'administrative', admin_level: '8' } },
        ],
        relations: [
          {
            id: 1,
            tags: { type: 'multipolygon', natural: 'water', water: 'reservoir', name: '水库' },
            members: [
              { type: 'way', ref: 11, role: 'outer' },
              { type: 'way', ref: 12, role: 'outer' },
              { type: 'way', ref: 13, role: 'inner' },
            ],
          },
          {
            id: 2,
            tags: { type: 'boundary', boundary: 'administrative', admin_level: '6' },
            members: [{ type: 'way', ref: 14, role: 'outer' }],
          },
        ],
      }),
    ),
  ),
)
const ROADS = roadsOf(DATA)!
const BASE = basemapOf(DATA, ROADS.network.ways, settlementsOf(DATA, { name: 'test', asOf: null }))

describe('vector tiles', () => {
  const tiles: PackedTile[] = []
  beforeAll(() => void finish(vectorTiles(BASE.tiers, ROADS.bbox, tile => tiles.push(tile))))
  const read = (z: number) => {
    const { bytes } = tiles.find(
      t => t.z === z && t.x === Math.floor(tileX(112.505, z)) && t.y === Math.floor(tileY(36.005, z)),
    )!
    return new VectorTile(new PbfReader(gunzipSync(bytes)) as never)
  }

  test('hold the layers and attributes agreed on', () => {
    const { layers } = read(12)
    expect(Object.keys(layers).sort()).toEqual(['boundary', 'peaks', 'places', 'roads', 'traces', 'water'])
    expect(layers.roads.feature(0).properties).toEqual({
      class: 'provincial',
      way: 4_000_000_001,
      name: '滨河路',
      bridge: 1,
      oneway: 1,
    })
    expect(layers.places.feature(0).properties).toEqual({
      name: '县城',
      kind: 'town',
      rank: 2,
      people: 52000,
    })
    expect(layers.boundary.feature(0).properties).toEqual({ level: 6 })
    expect(layers.traces.feature(0).properties).toEqual({ kind: 'rail', tunnel: 1 })
    expect(layers.peaks.feature(0).properties).toEqual({
      kind: 'peak',
      name: '青顶',
      name_en: 'Mt. Qing',
      eleM: 1834,
    })
    expect(layers.water.feature(0).properties).toEqual({ kind: 'reservoir', name: '水库' })
  })

  test('a lake keeps its island', () => {
    const lake = read(14).layers.water.feature(0).toGeoJSON(0, 0, 0)
    expect((lake.geometry as GeoJSON.Polygon).coordinates).toHaveLength(2)
  })

  test('low zooms hold high roads only', () => {
    expect(read(14).layers.roads.length).toBe(2)
    expect(read(12).layers.roads.length).toBe(1)
    expect(read(6).layers.roads).toBeUndefined()
  })

  test('go into MBTiles and come out the same', () => {
    const path = join(dir, 'base.mbtiles')
    const writer = createMbtiles(path)
    for (const tile of tiles) writer.put(tile)
    writer.close({
      name: '示范',
      format: 'pbf',
      bounds: ROADS.bbox,
      minzoom: 5,
      maxzoom: 14,
      attribution: '© OpenStreetMap contributors',
      json: vectorLayers(BASE.tiers),
    })
    const file = openMbtiles(path)
    for (const { z, x, y, bytes } of tiles) {
      expect(Buffer.compare(Buffer.from(file.tile(z, x, y)!), Buffer.from(bytes))).toBe(0)
    }
    expect(file.tile(14, 0, 0)).toBeNull()
    expect(file.metadata).toMatchObject({ name: '示范', format: 'pbf', minzoom: '5', maxzoom: '14' })
    const { vector_layers: layers } = JSON.parse(file.metadata.json) as { vector_layers: { id: string }[] }
    expect(layers.map(l => l.id).sort()).toEqual(['boundary', 'peaks', 'places', 'roads', 'traces', 'water'])
    file.close()
  })

  test('what is no tile file is refused', () => {
    const path = join(dir, 'wrong.mbtiles')
    writeFileSync(path, 'no database')
    expect(() => openMbtiles(path)).toThrow(/cannot be read/)
    expect(() => openMbtiles(join(dir, 'missing.mbtiles'))).toThrow(/cannot be read/)
  })
})

const hills = (west: number) =>
  elevationOf([
    {
      west,
      north: 37,
      dLon: 1 / 1200,
      dLat: 1 / 1200,
      width: 1201,
      height: 1201,
      data: Int16Array.from({ length: 1201 * 1201 }, (_, i) => (i % 1201) - 100),
      voidValue: -32768,
    },
  ])

describe('terrain', () => {
  const BBOX: Bbox = [112.4, 36.4, 112.6, 36.6]

  test('encodes heights in the Mapbox way', () => {
    const tiles: PackedTile[] = []
    const elevation = hills(112)
    finish(terrainTiles(elevation, BBOX, tile => tiles.push(tile)))
    expect(Math.max(...tiles.map(t => t.z))).toBe(terrainMaxzoom(elevation, 36.5))
    const tile = tiles.find(t => t.z === 11 && t.x === Math.floor(tileX(112.5, 11)))!
    const { data, width, channels } = decode(tile.bytes)
    expect([width, channels]).toEqual([256, 3])
    const [px, py] = [100, 50]
    const i = (py * width + px) * 3
    const metres = -10000 + (data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) * 0.1
    const lon = lonOfTile(tile.x + (px + 0.5) / 256, 11)
    const lat = latOfTile(tile.y + (py + 0.5) / 256, 11)
    expect(metres).toBeCloseTo(elevation.sample(lon, lat), 0)
  })

  test('none where the samples lie elsewhere', () => {
    expect(finish(terrainTiles(hills(10), BBOX, () => {}))).toBe(0)
  })
})
