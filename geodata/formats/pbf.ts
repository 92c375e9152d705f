import type { Bbox } from '../../server/contract/geo.ts'
import { Refusal } from '../../server/contract/errors.ts'
import type { Work } from '../work.ts'
import { type Blob, listBlobs, unpackBlob } from './osm-blobs.ts'
import { HOLDS, type OsmVisitor, readBlock } from './osm-block.ts'
import { StrictPbf } from './strict-pbf.ts'

export interface OsmHeader {
  /** As the file says; null where it does not. */
  bbox: Bbox | null
  /** When the data was true (replication timestamp), ISO UTC; null where the file does not say. */
  asOf: string | null
  writtenBy: string
  /** What the writer says of where the data came from; empty where it does not. */
  source: string
}

/** An OpenStreetMap PBF file, held in memory, read as often as needed. */
export interface OsmFile {
  header: OsmHeader
  /**
   * One pass over the whole file, yielding the fraction done after every block. Blocks known from an earlier
   * pass to hold nothing for this visitor are not unpacked again.
   * @throws Refusal pbf_*
   */
  read(visitor: OsmVisitor): Work<void>
}

const FEATURES_READ = ['OsmSchema-V0.6', 'DenseNodes']

/**
 * @param bytes the whole file
 * @throws Refusal pbf_empty, pbf_not_osm, pbf_truncated, pbf_too_large, pbf_compression, pbf_feature, pbf_damaged
 */
export function openPbf(bytes: Uint8Array): OsmFile {
  const [first, ...blobs] = listBlobs(bytes)
  const header = readHeader(unpackBlob(bytes, first))
  const holds = new Uint8Array(blobs.length).fill(HOLDS.nodes | HOLDS.ways | HOLDS.relations)
  return {
    header,
    *read(visitor) {
      const wants =
        (visitor.node ? HOLDS.nodes : 0) |
        (visitor.way ? HOLDS.ways : 0) |
        (visitor.relation ? HOLDS.relations : 0)
      for (const [i, blob] of blobs.entries()) {
        // Unknown blob types may be skipped: the format says so.
        if (blob.type === 'OSMData' && holds[i] & wants) holds[i] = readData(bytes, blob, visitor)
        yield (i + 1) / blobs.length
      }
    },
  }
}

function readData(bytes: Uint8Array, blob: Blob, visitor: OsmVisitor): number {
  return readBlock(unpackBlob(bytes, blob), visitor)
}

function readHeader(bytes: Uint8Array): OsmHeader {
  const pbf = new StrictPbf(bytes)
  let bbox: Bbox | null = null
  let asOf: string | null = null
  let writtenBy = ''
  let source = ''
  pbf.fields(pbf.length, (no, wire) => {
    if (no === 1) bbox = readBbox(pbf, pbf.fieldEnd(wire))
    else if (no === 4) {
      const feature = pbf.text(wire)
      if (!FEATURES_READ.includes(feature)) throw unknownFeature(feature)
    } else if (no === 16) writtenBy = pbf.text(wire)
    else if (no === 17) source = pbf.text(wire)
    else if (no === 32) asOf = instant(pbf.varint(true))
    else return false
  })
  return { bbox, asOf, writtenBy, source }
}

function readBbox(pbf: StrictPbf, end: number): Bbox | null {
  const [left, right, top, bottom] = [1, 2, 3, 4]
  const side: Record<number, number> = {}
  pbf.fields(end, no => {
    if (no > 4) return false
    side[no] = pbf.svarint() / 1e9
  })
  const bbox: Bbox = [side[left], side[bottom], side[right], side[top]]
  return bbox.every(Number.isFinite) ? bbox : null
}

function instant(seconds: number): string | null {
  const date = new Date(seconds * 1000)
  return seconds > 0 && !Number.isNaN(date.getTime()) ? date.toISOString() : null
}

function unknownFeature(feature: string): Refusal {
  const shown = feature.replace(/[^\w.-]/g, '?').slice(0, 60)
  const history = feature === 'HistoricalInformation'
  return new Refusal(
    'pbf_feature',
    422,
    {
      zh: history
        ? '这是带全部历史版本的文件（HistoricalInformation），同一条路会出现多次'
        : `该文件要求本程序不认识的特性“${shown}”`,
      en: history
        ? 'This is a full-history file (HistoricalInformation): every road is in it many times'
        : `The file requires the feature "${shown}", which is not known here`,
    },
    {
      zh: '请改用普通摘录，或用 osmium time-filter 原文件 -o 新文件.osm.pbf 取当前版本。',
      en: 'Use a plain extract, or take its present state: osmium time-filter old -o new.osm.pbf',
    },
  )
}
