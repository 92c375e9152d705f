import { zlibSync } from 'fflate'
import { PbfWriter } from 'pbf'
import type { Bbox } from '../../server/contract/geo.ts'
import type { Member } from './osm-block.ts'

/** What a file of OpenStreetMap data holds. Ids rise within each list. */
export interface OsmContent {
  bbox: Bbox
  writtenBy: string
  source: string
  /** When the data was true: seconds since 1970. */
  asOfS: number
  nodes: readonly OsmNode[]
  ways: readonly OsmWay[]
  relations: readonly OsmRelation[]
}
type OsmTags = Readonly<Record<string, string>>
export interface OsmNode {
  id: number
  lonE7: number
  latE7: number
  tags: OsmTags
}
export interface OsmWay {
  id: number
  refs: readonly number[]
  tags: OsmTags
}
export interface OsmRelation {
  id: number
  members: readonly Member[]
  tags: OsmTags
}

/** The format's own advice. */
const PER_BLOCK = 8000

/**
 * An OSM PBF file (https://wiki.openstreetmap.org/wiki/PBF_Format): dense nodes, then ways, then relations, each
 * by id, packed by fflate at one level, so that the same content gives the same bytes.
 * @throws RangeError where ids do not rise
 */
export function writeOsmPbf(content: OsmContent): Uint8Array {
  const { nodes, ways, relations } = content
  for (const list of [nodes, ways, relations]) rising(list)
  const parts = [
    blob('OSMHeader', header(content)),
    ...blocks(nodes, dense),
    ...blocks(ways, (some, strings, group) => {
      for (const way of some) group.writeMessage(3, (_: null, p) => writeWay(p, strings, way), null)
    }),
    ...blocks(relations, (some, strings, group) => {
      for (const relation of some) {
        group.writeMessage(4, (_: null, p) => writeRelation(p, strings, relation), null)
      }
    }),
  ]
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function rising(list: readonly { id: number }[]): void {
  for (let i = 1; i < list.length; i++) {
    if (list[i].id <= list[i - 1].id) throw new RangeError(`OSM id ${list[i].id} does not rise`)
  }
}

function blob(type: string, content: Uint8Array): Uint8Array {
  const body = new PbfWriter()
  body.writeVarintField(2, content.length)
  body.writeBytesField(3, zlibSync(content, { level: 6 }))
  const bytes = body.finish()
  const head = new PbfWriter()
  head.writeStringField(1, type)
  head.writeVarintField(3, bytes.length)
  const headBytes = head.finish()
  const out = new Uint8Array(4 + headBytes.length + bytes.length)
  new DataView(out.buffer).setUint32(0, headBytes.length)
  out.set(headBytes, 4)
  out.set(bytes, 4 + headBytes.length)
  return out
}

function header({ bbox, writtenBy, source, asOfS }: OsmContent): Uint8Array {
  const pbf = new PbfWriter()
  const [west, south, east, north] = bbox.map(degrees => Math.round(degrees * 1e7) * 100)
  pbf.writeMessage(
    1,
    (_: null, p) => {
      for (const [i, side] of [west, east, north, south].entries()) {
        p.writeTag(i + 1, 0)
        p.writeSVarint(side)
      }
    },
    null,
  )
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) pbf.writeStringField(4, feature)
  pbf.writeStringField(5, 'Sort.Type_then_ID')
  pbf.writeStringField(16, writtenBy)
  pbf.writeStringField(17, source)
  pbf.writeVarintField(32, asOfS)
  return pbf.finish()
}

/** Each block has its own table of strings, in the order of their first use. */
class Strings {
  readonly all = ['']
  private readonly index = new Map<string, number>()

  id(text: string): number {
    const known = this.index.get(text)
    if (known !== undefined) return known
    this.index.set(text, this.all.length)
    return this.all.push(text) - 1
  }
}

function blocks<T>(
  all: readonly T[],
  write: (some: readonly T[], strings: Strings, group: PbfWriter) => void,
): Uint8Array[] {
  const out: Uint8Array[] = []
  const encoder = new TextEncoder()
  for (let from = 0; from < all.length; from += PER_BLOCK) {
    const strings = new Strings()
    const group = new PbfWriter()
    write(all.slice(from, from + PER_BLOCK), strings, group)
    const groupBytes = group.finish()
    const block = new PbfWriter()
    block.writeMessage(
      1,
      (_: null, p) => {
        for (const text of strings.all) p.writeBytesField(1, encoder.encode(text))
      },
      null,
    )
    block.writeBytesField(2, groupBytes)
    out.push(blob('OSMData', block.finish()))
  }
  return out
}

const deltas = (values: readonly number[]): number[] =>
  values.map((value, i) => (i > 0 ? value - values[i - 1] : value))

function dense(nodes: readonly OsmNode[], strings: Strings, group: PbfWriter): void {
  group.writeMessage(
    2,
    (_: null, p) => {
      p.writePackedSVarint(1, deltas(nodes.map(node => node.id)))
      p.writePackedSVarint(8, deltas(nodes.map(node => node.latE7)))
      p.writePackedSVarint(9, deltas(nodes.map(node => node.lonE7)))
      const pairs = nodes.map(({ tags }) =>
        Object.entries(tags).flatMap(([key, value]) => [strings.id(key), strings.id(value)]),
      )
      if (pairs.some(of => of.length > 0)) {
        p.writePackedVarint(
          10,
          pairs.flatMap(of => [...of, 0]),
        )
      }
    },
    null,
  )
}

function writeTags(p: PbfWriter, strings: Strings, tags: OsmTags): void {
  p.writePackedVarint(
    2,
    Object.keys(tags).map(key => strings.id(key)),
  )
  p.writePackedVarint(
    3,
    Object.values(tags).map(value => strings.id(value)),
  )
}

function writeWay(p: PbfWriter, strings: Strings, { id, refs, tags }: OsmWay): void {
  p.writeVarintField(1, id)
  writeTags(p, strings, tags)
  p.writePackedSVarint(8, deltas(refs))
}

const MEMBER_TYPES = ['node', 'way', 'relation']

function writeRelation(p: PbfWriter, strings: Strings, { id, members, tags }: OsmRelation): void {
  p.writeVarintField(1, id)
  writeTags(p, strings, tags)
  p.writePackedVarint(
    8,
    members.map(({ role }) => strings.id(role)),
  )
  p.writePackedSVarint(9, deltas(members.map(({ ref }) => ref)))
  p.writePackedVarint(
    10,
    members.map(({ type }) => MEMBER_TYPES.indexOf(type)),
  )
}
