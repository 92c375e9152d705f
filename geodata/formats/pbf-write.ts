import { zlibSync } from 'fflate'
import { PbfWriter } from 'pbf'
import type { Bbox } from '../../server/contract/geo.ts'
import {
  blockOf,
  framed,
  joined,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
  type Strings,
  writeDense,
  writeRelation,
  writeWay,
} from './pbf-parts.ts'

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
  return joined([
    blob('OSMHeader', header(content)),
    ...blocks(nodes, writeDense),
    ...blocks(ways, each(writeWay)),
    ...blocks(relations, each(writeRelation)),
  ])
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
  return framed(type, body.finish())
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

type Write<T> = (group: PbfWriter, strings: Strings, what: T) => void

const each =
  <T>(write: Write<T>): Write<readonly T[]> =>
  (group, strings, some) => {
    for (const one of some) write(group, strings, one)
  }

function blocks<T>(all: readonly T[], write: Write<readonly T[]>): Uint8Array[] {
  const out: Uint8Array[] = []
  for (let from = 0; from < all.length; from += PER_BLOCK) {
    const some = all.slice(from, from + PER_BLOCK)
    out.push(
      blob(
        'OSMData',
        blockOf((group, strings) => write(group, strings, some)),
      ),
    )
  }
  return out
}
