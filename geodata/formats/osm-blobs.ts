import { inflateSync } from 'node:zlib'
import { Refusal } from '../../server/contract/errors.ts'
import { StrictPbf } from './strict-pbf.ts'
import { damaged } from './varint.ts'

/** Limits of the OSM PBF format: https://wiki.openstreetmap.org/wiki/PBF_Format */
export const BLOB_LIMITS = { headerBytes: 64 * 1024, blobBytes: 32 * 1024 * 1024 } as const

/** One blob as it lies in the file: `type` OSMHeader or OSMData, its bytes still packed. */
export interface Blob {
  type: string
  start: number
  end: number
}

const COMPRESSIONS: Record<number, string> = { 4: 'lzma', 5: 'bzip2', 6: 'lz4', 7: 'zstd' }

/**
 * Finds the blobs of a file without unpacking one.
 * @throws Refusal pbf_empty, pbf_not_osm, pbf_truncated, pbf_too_large, pbf_damaged
 */
export function listBlobs(file: Uint8Array): Blob[] {
  if (file.length === 0) {
    throw new Refusal(
      'pbf_empty',
      422,
      { zh: '道路数据文件是空的（0 字节）', en: 'The road data file is empty (0 bytes)' },
      { zh: '请重新下载该文件。', en: 'Download the file again.' },
    )
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const blobs: Blob[] = []
  let pos = 0
  while (pos < file.length) {
    const first = blobs.length === 0
    if (pos + 4 > file.length) throw first ? notOsm(file) : truncated(file.length)
    const headerLength = view.getUint32(pos)
    pos += 4
    if (headerLength === 0 || headerLength > BLOB_LIMITS.headerBytes) {
      throw first ? notOsm(file) : damaged('数据块头长度不合规', 'a block header has an impossible length')
    }
    if (pos + headerLength > file.length) throw first ? notOsm(file) : truncated(file.length)
    const { type, size } = first
      ? orNotOsm(file, () => blobHeader(file, pos, headerLength))
      : blobHeader(file, pos, headerLength)
    if (first && type !== 'OSMHeader') throw notOsm(file)
    pos += headerLength
    if (size > BLOB_LIMITS.blobBytes) throw tooLarge()
    if (pos + size > file.length) throw truncated(file.length)
    blobs.push({ type, start: pos, end: pos + size })
    pos += size
  }
  return blobs
}

function blobHeader(file: Uint8Array, pos: number, length: number): { type: string; size: number } {
  const pbf = new StrictPbf(file.subarray(pos, pos + length))
  let type = ''
  let size = -1
  pbf.fields(pbf.length, (no, wire) => {
    if (no === 1) type = pbf.text(wire)
    else if (no === 3) size = pbf.varint()
    else return false
  })
  if (size < 0 || type === '') throw damaged('数据块头不完整', 'a block header is incomplete')
  return { type, size }
}

/**
 * The bytes inside a blob.
 * @throws Refusal pbf_compression for lzma, bzip2, lz4, zstd; pbf_too_large; pbf_damaged
 */
export function unpackBlob(file: Uint8Array, blob: Blob): Uint8Array {
  const pbf = new StrictPbf(file.subarray(blob.start, blob.end))
  let raw: Uint8Array | null = null
  let zlib: Uint8Array | null = null
  let rawSize = -1
  let other = ''
  pbf.fields(pbf.length, (no, wire) => {
    if (no === 1) raw = pbf.bytes(wire)
    else if (no === 2) rawSize = pbf.varint()
    else if (no === 3) zlib = pbf.bytes(wire)
    else {
      other ||= COMPRESSIONS[no] ?? ''
      return false
    }
  })
  if (rawSize > BLOB_LIMITS.blobBytes) throw tooLarge()
  if (raw) return raw
  if (zlib) return inflate(zlib, rawSize)
  if (other) throw unreadCompression(other)
  throw damaged('数据块没有内容', 'a block has no content')
}

function inflate(packed: Uint8Array, rawSize: number): Uint8Array {
  let out: Uint8Array
  try {
    out = inflateSync(packed, { maxOutputLength: BLOB_LIMITS.blobBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw damaged('数据块无法解压', 'a block cannot be unpacked')
  }
  if (rawSize >= 0 && out.length !== rawSize) {
    throw damaged('数据块解压后长度不符', 'a block does not have the length it says')
  }
  return out
}

function unreadCompression(name: string): Refusal {
  return new Refusal(
    'pbf_compression',
    422,
    {
      zh: `道路数据文件用 ${name} 压缩，本程序只读 zlib 或不压缩的`,
      en: `The road data file is compressed with ${name}; only zlib or none is read`,
    },
    {
      zh: '请先转换：osmium cat 原文件.osm.pbf -o 新文件.osm.pbf -f pbf,pbf_compression=zlib',
      en: 'Convert it: osmium cat old.osm.pbf -o new.osm.pbf -f pbf,pbf_compression=zlib',
    },
  )
}

function tooLarge(): Refusal {
  return new Refusal(
    'pbf_too_large',
    413,
    { zh: '道路数据文件中有超过 32 MiB 的数据块', en: 'The road data file has a block above 32 MiB' },
    {
      zh: '格式不允许这样大的数据块；请重新下载，或用 osmium cat 重写该文件。',
      en: 'The format does not allow it; download the file again or rewrite it with osmium cat.',
    },
  )
}

function truncated(bytes: number): Refusal {
  return new Refusal(
    'pbf_truncated',
    422,
    {
      zh: `道路数据文件不完整：在第 ${bytes} 字节处中断`,
      en: `The road data file is truncated: it ends at byte ${bytes} within a block`,
    },
    {
      zh: '请重新下载该文件，并核对其大小与 MD5。',
      en: 'Download the file again and compare its size and MD5.',
    },
  )
}

function orNotOsm<T>(file: Uint8Array, read: () => T): T {
  try {
    return read()
  } catch {
    throw notOsm(file)
  }
}

/** What the first bytes look like, so that the sentence can say it. */
function looksLike(file: Uint8Array): [zh: string, en: string] {
  const head = new TextDecoder('latin1').decode(file.subarray(0, 256)).trimStart()
  if (/^<(!doctype html|html|head)/i.test(head)) return ['网页（HTML）', 'a web page (HTML)']
  if (head.startsWith('<')) return ['XML（可能是 .osm）', 'XML (perhaps .osm)']
  if (head.startsWith('PK')) return ['ZIP 压缩包', 'a ZIP archive']
  if (head.startsWith('\x1f\x8b')) return ['gzip 压缩文件', 'a gzip file']
  if (head.startsWith('BZh')) return ['bzip2 压缩文件', 'a bzip2 file']
  if (head.startsWith('{') || head.startsWith('[')) return ['JSON', 'JSON']
  return ['其他内容', 'something else']
}

function notOsm(file: Uint8Array): Refusal {
  const [zh, en] = looksLike(file)
  return new Refusal(
    'pbf_not_osm',
    422,
    {
      zh: `该文件不是 OpenStreetMap PBF，看起来是${zh}`,
      en: `The file is not OpenStreetMap PBF; it looks like ${en}`,
    },
    {
      zh: '请使用 *.osm.pbf 文件；.osm 可用 osmium cat a.osm -o a.osm.pbf 转换。',
      en: 'Use an *.osm.pbf file; convert .osm with: osmium cat a.osm -o a.osm.pbf',
    },
  )
}
