import { Unzip, UnzipInflate } from 'fflate'
import { Refusal } from '../../server/contract/errors.ts'
import { crc32 } from './crc32.ts'

/**
 * DESIGN, Doors: what a zipped file may hold at most. The ratio counts beyond `plainBytes` only: the heights
 * of a coast are mostly zeros, and one file of them (25.9 MB) packs better than 100:1.
 */
export const ZIP_LIMITS = {
  entries: 500,
  bytes: 200 * 1024 * 1024,
  ratio: 100,
  plainBytes: 26 * 1024 * 1024,
} as const

export interface ZipEntry {
  name: string
  bytes: Uint8Array
}

/**
 * Unpacks the entries whose name passes, counting while it unpacks: what the archive says of its own sizes
 * is not believed.
 * @throws Refusal zip_unreadable, zip_too_large, zip_path
 */
export function unzip(file: Uint8Array, passes: (name: string) => boolean): ZipEntry[] {
  const found: ZipEntry[] = []
  let entries = 0
  let total = 0
  const reader = new Unzip(entry => {
    if (++entries > ZIP_LIMITS.entries) throw tooLarge()
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i.test(entry.name)) throw badPath(entry.name)
    if (entry.name.endsWith('/') || !passes(entry.name)) return
    const chunks: Uint8Array[] = []
    let size = 0
    entry.ondata = (error, chunk, final) => {
      if (error) throw error instanceof Refusal ? error : unreadable()
      size += chunk.length
      total += chunk.length
      const mayHold = Math.max(ZIP_LIMITS.plainBytes, file.length * ZIP_LIMITS.ratio)
      if (total > Math.min(ZIP_LIMITS.bytes, mayHold)) throw tooLarge()
      chunks.push(chunk)
      if (final) found.push({ name: entry.name, bytes: concat(chunks, size) })
    }
    entry.start()
  })
  reader.register(UnzipInflate)
  if (file[0] !== 0x50 || file[1] !== 0x4b) throw unreadable()
  try {
    const step = 1 << 16
    for (let at = 0; at < file.length; at += step) {
      reader.push(file.subarray(at, at + step), at + step >= file.length)
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable()
  }
  checkWhole(file, entries, found)
  return found
}

const END = { signature: 0x06054b50, bytes: 22, commentBytes: 65_535 } as const
const LISTED = { signature: 0x02014b50, bytes: 46 } as const

/**
 * Cut off between two entries or with a bit turned, a file may still unpack: its directory at the end tells how
 * many entries there are and what each should come to.
 * @throws Refusal zip_unreadable
 */
function checkWhole(file: Uint8Array, entries: number, found: readonly ZipEntry[]): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const end = endOf(view)
  const said = end < 0 ? -1 : view.getUint16(end + 10, true)
  // 65,535 entries, or a directory at 4 GiB, mean that the larger directory of zip64 tells it.
  if (said === 0xffff) return
  if (said !== entries) throw unreadable()
  let at = view.getUint32(end + 16, true)
  if (at === 0xffffffff) return
  const sums = new Map<string, number>()
  for (let i = 0; i < entries; i++) {
    if (at + LISTED.bytes > end || view.getUint32(at, true) !== LISTED.signature) throw unreadable()
    const [name, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true))
    const bytes = file.subarray(at + LISTED.bytes, at + LISTED.bytes + name)
    sums.set(Buffer.from(bytes).toString('latin1'), view.getUint32(at + 16, true))
    at += LISTED.bytes + name + extra + comment
  }
  if (sums.size !== entries) throw unreadable()
  for (const { name, bytes } of found) {
    const key = [name, Buffer.from(name).toString('latin1')].find(one => sums.has(one))
    if (key === undefined || sums.get(key) !== crc32(bytes)) throw unreadable()
  }
}

/** Where the directory ends; -1 where there is none. */
function endOf(view: DataView): number {
  const from = Math.max(0, view.byteLength - END.bytes - END.commentBytes)
  for (let at = view.byteLength - END.bytes; at >= from; at--) {
    if (view.getUint32(at, true) === END.signature) return at
  }
  return -1
}

function concat(chunks: Uint8Array[], size: number): Uint8Array {
  const out = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

const unreadable = (): Refusal =>
  new Refusal(
    'zip_unreadable',
    422,
    { zh: '压缩包打不开或已损坏', en: 'The archive cannot be opened or is damaged' },
    {
      zh: '请重新取得文件；表格请用 Excel 或 WPS 打开后另存为 .xlsx。',
      en: 'Get the file again; save a table anew as .xlsx from Excel or WPS.',
    },
  )

const tooLarge = (): Refusal =>
  new Refusal(
    'zip_too_large',
    413,
    {
      zh: '压缩包解开后过大（上限 200 MiB、500 个文件、压缩比 100:1）',
      en: 'The archive unpacks to too much (200 MiB, 500 files, 100:1 at most)',
    },
    { zh: '请拆成几个文件，或先自行解压。', en: 'Split it into several files, or unpack it yourself.' },
  )

const badPath = (name: string): Refusal =>
  new Refusal(
    'zip_path',
    422,
    {
      zh: `压缩包里有指向外面的路径：${name.slice(0, 80)}`,
      en: `The archive has a path that leads out of it: ${name.slice(0, 80)}`,
    },
    { zh: '请不要使用该文件。', en: 'Do not use this file.' },
  )
