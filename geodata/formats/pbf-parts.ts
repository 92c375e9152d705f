import { PbfWriter } from 'pbf'
import type { Member } from './osm-block.ts'

/** What a file of OpenStreetMap data is put together from (https://wiki.openstreetmap.org/wiki/PBF_Format). */
type OsmTags = Readonly<Record<string, string>>
export interface OsmNode {
  id: number
  lonE7: number
  latE7: number
  tags?: OsmTags
}
export interface OsmWay {
  id: number
  refs: readonly number[]
  tags?: OsmTags
}
export interface OsmRelation {
  id: number
  members: readonly Member[]
  tags?: OsmTags
}

/** A blob behind its header, as it lies in a file. */
export function framed(type: string, blob: Uint8Array): Uint8Array {
  const head = new PbfWriter()
  head.writeStringField(1, type)
  head.writeVarintField(3, blob.length)
  const headBytes = head.finish()
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, headBytes.length)
  return joined([length, headBytes, blob])
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Each block has its own table of strings, in the order of their first use. */
export class Strings {
  readonly all = ['']
  private readonly index = new Map<string, number>()

  id(text: string): number {
    const known = this.index.get(text)
    if (known !== undefined) return known
    this.index.set(text, this.all.length)
    return this.all.push(text) - 1
  }
}

/** A block of one group, and the strings that writing the group asked for. */
export function blockOf(write: (group: PbfWriter, strings: Strings) => void): Uint8Array {
  const strings = new Strings()
  const group = new PbfWriter()
  write(group, strings)
  const encoder = new TextEncoder()
  const block = new PbfWriter()
  block.writeMessage(
    1,
    (_: null, p) => {
      for (const text of strings.all) p.writeBytesField(1, encoder.encode(text))
    },
    null,
  )
  block.writeBytesField(2, group.finish())
  return block.finish()
}

const deltas = (values: readonly number[]): number[] =>
  values.map((value, i) => (i > 0 ? value - values[i - 1] : value))

export function writeDense(group: PbfWriter, strings: Strings, nodes: readonly OsmNode[]): void {
  group.writeMessage(
    2,
    (_: null, p) => {
      p.writePackedSVarint(1, deltas(nodes.map(node => node.id)))
      p.writePackedSVarint(8, deltas(nodes.map(node => node.latE7)))
      p.writePackedSVarint(9, deltas(nodes.map(node => node.lonE7)))
      const pairs = nodes.map(({ tags = {} }) =>
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

export function writeTags(p: PbfWriter, strings: Strings, tags: OsmTags = {}): void {
  p.writePackedVarint(
    2,
    Object.keys(tags).map(key => strings.id(key)),
  )
  p.writePackedVarint(
    3,
    Object.values(tags).map(value => strings.id(value)),
  )
}

export function writeWay(group: PbfWriter, strings: Strings, { id, refs, tags }: OsmWay): void {
  group.writeMessage(
    3,
    (_: null, p) => {
      p.writeVarintField(1, id)
      writeTags(p, strings, tags)
      p.writePackedSVarint(8, deltas(refs))
    },
    null,
  )
}

const MEMBER_TYPES = ['node', 'way', 'relation']

export function writeRelation(group: PbfWriter, strings: Strings, { id, members, tags }: OsmRelation): void {
  group.writeMessage(
    4,
    (_: null, p) => {
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
    },
    null,
  )
}
