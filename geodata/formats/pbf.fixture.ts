import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import type { Member } from './osm-block.ts'
import {
  blockOf,
  framed,
  joined,
  type Strings,
  writeDense,
  writeRelation,
  writeTags,
  writeWay,
} from './pbf-parts.ts'

/** A tiny writer of OSM PBF, for tests: what a test says is what the file holds. */
export interface FixtureNode {
  id: number
  lon: number
  lat: number
  tags?: Record<string, string>
}
export interface FixtureWay {
  id: number
  refs: number[]
  tags?: Record<string, string>
}
export interface FixtureRelation {
  id: number
  members: Member[]
  tags?: Record<string, string>
}
export interface Fixture {
  nodes?: FixtureNode[]
  ways?: FixtureWay[]
  relations?: FixtureRelation[]
  /** ISO instant for the header. */
  asOf?: string
  writtenBy?: string
  source?: string
  /** Defaults to the two that every reader knows. */
  requiredFeatures?: string[]
  /** Plain Node messages instead of DenseNodes. */
  plainNodes?: boolean
  /** Blob packing; the last four write garbage under the field number of that compression. */
  packing?: 'zlib' | 'raw' | 'lzma' | 'bzip2' | 'lz4' | 'zstd'
}

const PACKING_FIELD = { raw: 1, zlib: 3, lzma: 4, bzip2: 5, lz4: 6, zstd: 7 } as const

export function writePbf(fixture: Fixture): Uint8Array {
  const packing = fixture.packing ?? 'zlib'
  const parts = [blob('OSMHeader', headerBlock(fixture), packing === 'raw' ? 'raw' : 'zlib')]
  const { nodes = [], ways = [], relations = [] } = fixture
  if (nodes.length) parts.push(blob('OSMData', nodesBlock(nodes, fixture.plainNodes ?? false), packing))
  if (ways.length) parts.push(blob('OSMData', waysBlock(ways), packing))
  if (relations.length) parts.push(blob('OSMData', relationsBlock(relations), packing))
  return joined(parts)
}

/** One blob with its header, as it lies in a file. */
export function blob(
  type: string,
  content: Uint8Array,
  packing: keyof typeof PACKING_FIELD = 'zlib',
  rawSize = content.length,
): Uint8Array {
  const body = new PbfWriter()
  if (packing !== 'raw') body.writeVarintField(2, rawSize)
  body.writeBytesField(PACKING_FIELD[packing], packing === 'zlib' ? deflateSync(content) : content)
  return framed(type, body.finish())
}

function headerBlock(fixture: Fixture): Uint8Array {
  const { asOf, writtenBy, source, requiredFeatures = ['OsmSchema-V0.6', 'DenseNodes'] } = fixture
  const pbf = new PbfWriter()
  for (const feature of requiredFeatures) pbf.writeStringField(4, feature)
  pbf.writeStringField(16, 'fixture')
  if (writtenBy) pbf.writeStringField(16, writtenBy)
  if (source) pbf.writeStringField(17, source)
  if (asOf) pbf.writeVarintField(32, Date.parse(asOf) / 1000)
  return pbf.finish()
}

const e7 = (degrees: number): number => Math.round(degrees * 1e7)

function nodesBlock(nodes: FixtureNode[], plain: boolean): Uint8Array {
  return blockOf((group, strings) => {
    if (plain) for (const node of nodes) writePlain(group, strings, node)
    else {
      writeDense(
        group,
        strings,
        nodes.map(({ id, lon, lat, tags }) => ({ id, lonE7: e7(lon), latE7: e7(lat), tags })),
      )
    }
  })
}

function writePlain(group: PbfWriter, strings: Strings, node: FixtureNode): void {
  group.writeMessage(
    1,
    (_: null, p) => {
      p.writeTag(1, 0)
      p.writeSVarint(node.id)
      writeTags(p, strings, node.tags)
      p.writeTag(8, 0)
      p.writeSVarint(e7(node.lat))
      p.writeTag(9, 0)
      p.writeSVarint(e7(node.lon))
    },
    null,
  )
}

const waysBlock = (ways: FixtureWay[]): Uint8Array =>
  blockOf((group, strings) => {
    for (const way of ways) writeWay(group, strings, way)
  })

const relationsBlock = (relations: FixtureRelation[]): Uint8Array =>
  blockOf((group, strings) => {
    for (const relation of relations) writeRelation(group, strings, relation)
  })
