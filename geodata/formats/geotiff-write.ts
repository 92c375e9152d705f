import { zlibSync } from 'fflate'
import type { Work } from '../work.ts'
import type { Raster } from './raster.ts'

const STRIP_ROWS = 64
const LEVEL = 6

/** TIFF 6.0 field types. */
const ASCII = 2
const SHORT = 3
const LONG = 4
const DOUBLE = 12
const SIZE: Record<number, number> = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 }

interface Tag {
  id: number
  type: number
  values: number[] | string
}

/**
 * A GeoTIFF of one band, EPSG:4326, a value standing for the area of its cell: strips of deflate after the
 * predictor that fits (3 for floats, 2 for whole numbers), little-endian. The same values give the same bytes.
 * `description` goes to ImageDescription. Yields the share done.
 * @throws RangeError where the values do not fill the raster, or for more than 4 GB
 */
export function* geotiffOf(
  raster: Raster,
  values: Float32Array | Uint16Array,
  description: string,
): Work<Uint8Array> {
  const { cols, rows } = raster
  if (values.length !== cols * rows) {
    throw new RangeError(`${values.length} values for ${cols}×${rows} cells`)
  }
  const strips: Uint8Array[] = []
  for (let row = 0; row < rows; row += STRIP_ROWS) {
    const part = values.subarray(row * cols, Math.min(rows, row + STRIP_ROWS) * cols)
    const bytes = part instanceof Float32Array ? floatDifferences(part, cols) : differences(part, cols)
    strips.push(zlibSync(bytes, { level: LEVEL }))
    yield Math.min(1, (row + STRIP_ROWS) / rows)
  }
  return assemble(raster, values instanceof Float32Array, description, strips)
}

/** Predictor 3: a row's bytes by significance, highest first, then the difference to the one before. */
function floatDifferences(values: Float32Array, cols: number): Uint8Array {
  const out = new Uint8Array(values.length * 4)
  const view = new DataView(new ArrayBuffer(4))
  for (let start = 0; start < values.length; start += cols) {
    const at = start * 4
    for (let col = 0; col < cols; col++) {
      view.setFloat32(0, values[start + col])
      for (let byte = 0; byte < 4; byte++) out[at + byte * cols + col] = view.getUint8(byte)
    }
    for (let i = at + cols * 4 - 1; i > at; i--) out[i] -= out[i - 1]
  }
  return out
}

/** Predictor 2: the difference to the value on the left. */
function differences(values: Uint16Array, cols: number): Uint8Array {
  const out = new Uint8Array(values.length * 2)
  const view = new DataView(out.buffer)
  for (let i = 0; i < values.length; i++) {
    const before = i % cols === 0 ? 0 : values[i - 1]
    view.setUint16(i * 2, (values[i] - before) & 0xffff, true)
  }
  return out
}

function assemble(raster: Raster, float: boolean, description: string, strips: Uint8Array[]): Uint8Array {
  const { cols, rows, west, north, dLon, dLat } = raster
  const lengths = strips.map(strip => strip.length)
  const offsets: number[] = []
  let at = 8
  for (const length of lengths) {
    offsets.push(at)
    at += length + (length & 1)
  }
  const tags: Tag[] = [
    { id: 256, type: LONG, values: [cols] },
    { id: 257, type: LONG, values: [rows] },
    { id: 258, type: SHORT, values: [float ? 32 : 16] },
    { id: 259, type: SHORT, values: [8] },
    { id: 262, type: SHORT, values: [1] },
    { id: 270, type: ASCII, values: description },
    { id: 273, type: LONG, values: offsets },
    { id: 277, type: SHORT, values: [1] },
    { id: 278, type: LONG, values: [STRIP_ROWS] },
    { id: 279, type: LONG, values: lengths },
    { id: 284, type: SHORT, values: [1] },
    { id: 305, type: ASCII, values: 'fengtu' },
    { id: 317, type: SHORT, values: [float ? 3 : 2] },
    { id: 339, type: SHORT, values: [float ? 3 : 1] },
    { id: 33550, type: DOUBLE, values: [dLon, dLat, 0] },
    { id: 33922, type: DOUBLE, values: [0, 0, 0, west, north, 0] },
    // GeoTIFF 1.1 keys: geographic, PixelIsArea, EPSG:4326, degrees.
    {
      id: 34735,
      type: SHORT,
      values: [1, 1, 0, 4, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326, 2054, 0, 1, 9102],
    },
  ]
  const encoded = tags.map(encode)
  const directory = at
  let more = directory + 2 + tags.length * 12 + 4
  const places = encoded.map(bytes => {
    if (bytes.length <= 4) return -1
    const place = more
    more += bytes.length + (bytes.length & 1)
    return place
  })
  if (more > 0xffffffff) throw new RangeError('A TIFF holds at most 4 GB')
  const out = new Uint8Array(more)
  const view = new DataView(out.buffer)
  out.set([0x49, 0x49, 42, 0])
  view.setUint32(4, directory, true)
  for (const [i, strip] of strips.entries()) out.set(strip, offsets[i])
  view.setUint16(directory, tags.length, true)
  for (const [i, tag] of tags.entries()) {
    const entry = directory + 2 + i * 12
    view.setUint16(entry, tag.id, true)
    view.setUint16(entry + 2, tag.type, true)
    view.setUint32(entry + 4, encoded[i].length / SIZE[tag.type], true)
    if (places[i] < 0) out.set(encoded[i], entry + 8)
    else {
      view.setUint32(entry + 8, places[i], true)
      out.set(encoded[i], places[i])
    }
  }
  return out
}

function encode({ type, values }: Tag): Uint8Array {
  if (typeof values === 'string') return new TextEncoder().encode(`${values}\0`)
  const out = new Uint8Array(values.length * SIZE[type])
  const view = new DataView(out.buffer)
  for (const [i, value] of values.entries()) {
    if (type === SHORT) view.setUint16(i * 2, value, true)
    else if (type === LONG) view.setUint32(i * 4, value, true)
    else view.setFloat64(i * 8, value, true)
  }
  return out
}
