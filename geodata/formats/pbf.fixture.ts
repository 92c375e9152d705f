import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import type { Member } from './osm-block.ts'

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
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
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
  const bodyBytes = body.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, bodyBytes.length)
  const headerBytes = header.finish()
  const out = new Uint8Array(4 + headerBytes.length + bodyBytes.length)
  new DataView(out.buffer).setUint32(0, headerBytes.length)
  out.set(headerBytes, 4)
  out.set(bodyBytes, 4 + headerBytes.length)
  return out
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

class StringTable {
  readonly all = ['']
  private readonly index = new Map([['', 0]])
  id(text: string): number {
    const known = this.index.get(text)
    if (known !== undefined) return known
    this.index.set(text, this.all.length)
    return this.all.push(text) - 1
  }
}

function block(strings: StringTable, group: (pbf: PbfWriter) => void): Uint8Array {
  const body = new PbfWriter()
  group(body)
  const bytes = body.finish()
  const pbf = new PbfWriter()
  pbf.writeMessage(
    1,
    (table: StringTable, p) => table.all.forEach(text => p.writeBytesField(1, Buffer.from(text))),
    strings,
  )
  pbf.writeBytesField(2, bytes)
  return pbf.finish()
}

const deltas = (values: number[]): number[] => values.map((value, i) => value - (i ? values[i - 1] : 0))
const e7 = (degrees: number): number => Math.round(degrees * 1e7)

function writeTags(p: PbfWriter, strings: StringTable, tags: Record<string, string> = {}): void {
  p.writePackedVarint(
    2,
    Object.keys(tags).map(key => strings.id(key)),
  )
  p.writePackedVarint(
    3,
    Object.values(tags).map(value => strings.id(value)),
  )
}

function nodesBlock(nodes: FixtureNode[], plain: boolean): Uint8Array {
  const strings = new StringTable()
  return block(strings, pbf => {
    if (plain) {
      for (const node of nodes) pbf.writeMessage(1, (n, p) => writePlain(n, p, strings), node)
      return
    }
    pbf.writeMessage(2, (all: FixtureNode[], p) => writeDense(all, p, strings), nodes)
  })
}

function writeDense(nodes: FixtureNode[], p: PbfWriter, strings: StringTable): void {
  p.writePackedSVarint(1, deltas(nodes.map(n => n.id)))
  p.writePackedSVarint(8, deltas(nodes.map(n => e7(n.lat))))
  p.writePackedSVarint(9, deltas(nodes.map(n => e7(n.lon))))
  if (!nodes.some(n => n.tags)) return
  const pairs = (tags: Record<string, string> = {}): number[] =>
    Object.entries(tags).flatMap(([key, value]) => [strings.id(key), strings.id(value)])
  p.writePackedVarint(
    10,
    nodes.flatMap(n => [...pairs(n.tags), 0]),
  )
}

function writePlain(node: FixtureNode, p: PbfWriter, strings: StringTable): void {
  p.writeTag(1, 0)
  p.writeSVarint(node.id)
  writeTags(p, strings, node.tags)
  p.writeTag(8, 0)
  p.writeSVarint(e7(node.lat))
  p.writeTag(9, 0)
  p.writeSVarint(e7(node.lon))
}

function waysBlock(ways: FixtureWay[]): Uint8Array {
  const strings = new StringTable()
  return block(strings, pbf => {
    for (const way of ways) {
      pbf.writeMessage(
        3,
        (w: FixtureWay, p) => {
          p.writeVarintField(1, w.id)
          writeTags(p, strings, w.tags)
          p.writePackedSVarint(8, deltas(w.refs))
        },
        way,
      )
    }
  })
}

function relationsBlock(relations: FixtureRelation[]): Uint8Array {
  const strings = new StringTable()
  const types = ['node', 'way', 'relation']
  return block(strings, pbf => {
    for (const relation of relations) {
      pbf.writeMessage(
        4,
        (r: FixtureRelation, p) => {
          p.writeVarintField(1, r.id)
          writeTags(p, strings, r.tags)
          p.writePackedVarint(
            8,
            r.members.map(m => strings.id(m.role)),
          )
          p.writePackedSVarint(9, deltas(r.members.map(m => m.ref)))
          p.writePackedVarint(
            10,
            r.members.map(m => types.indexOf(m.type)),
          )
        },
        relation,
      )
    }
  })
}
