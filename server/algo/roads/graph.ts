import Flatbush from 'flatbush'
import { Refusal } from '../../contract/errors.ts'
import type { Bbox } from '../../contract/geo.ts'

/** "FTGR" little-endian: the first four bytes of `roads.graph`. */
export const GRAPH_MAGIC = 0x52475446
export const GRAPH_VERSION = 1
/** No arc, no edge, no node. */
export const NONE = 0xffffffff
/**
 * A time that is never reached; also the weight of an arc that may not be used. 2³⁰ − 1 ms (12 days), so that
 * a time plus a weight still fits 32 bits and stays an integer in the engine's inner loop.
 */
export const INF = 0x3fffffff

/**
 * The sections of `roads.graph` in file order. Topology only: times are derived when weights are made.
 * Nodes come in Hilbert order, those that motor vehicles reach first; the arcs of a node that only walkers
 * may use come last, so a vehicle's search stops at `motorEnd`.
 */
const SECTIONS = {
  nodeLon: Int32Array, // [nodes] 1e-7 degrees
  nodeLat: Int32Array,
  copyNode: Uint32Array, // [copies] split junctions: the copy …
  copyBase: Uint32Array, // … and the junction it is a copy of, ascending by base
  first: Uint32Array, // [nodes + 1] arcs out of a node
  motorEnd: Uint32Array, // [nodes]
  tail: Uint32Array, // [arcs]
  head: Uint32Array,
  arcEdge: Uint32Array, // [arcs] edge × 2 + (1 when against the edge's points); NONE for a walker's link to a copy's junction
  rFirst: Uint32Array, // [nodes + 1] slots of arcs into a node
  rMotorEnd: Uint32Array,
  rTail: Uint32Array, // [arcs] by slot
  rArc: Uint32Array, // [arcs] arc of a slot
  slotOf: Uint32Array, // [arcs] slot of an arc
  edgeFwd: Uint32Array, // [edges] an arc along the edge's points from its first junction, or NONE
  edgeBack: Uint32Array,
  edgeCopyEdge: Uint32Array, // [arc copies] ascending: edges that have arcs out of copies …
  edgeCopyArc: Uint32Array, // … and those arcs
  edgeFirstPoint: Uint32Array, // [edges + 1]
  pointLon: Int32Array,
  pointLat: Int32Array,
  edgeLengthCm: Uint32Array, // [edges]
  edgeWay: Float64Array, // [edges] OSM way id
  edgeClass: Uint8Array, // index into ROAD_CLASSES
  edgeFlags: Uint16Array, // ROAD_FLAGS
  edgeMaxFwd: Uint8Array, // km/h, 0 = not signed
  edgeMaxBack: Uint8Array,
  edgeWeightDt: Uint16Array, // maxweight in 0.1 t, 0 = none
  edgeHeightCm: Uint16Array,
  edgeWidthCm: Uint16Array,
  edgeName: Uint32Array, // index into the names
  edgeRef: Uint32Array,
  nameFirst: Uint32Array, // [names + 1] into nameBytes
  nameBytes: Uint8Array, // UTF-8
  edgeIndex: Uint8Array, // Flatbush over the edges' boxes, 1e-7 degrees
} as const
type SectionName = keyof typeof SECTIONS
/** Views may lie over a plain or a shared buffer, which `InstanceType` of a constructor does not say. */
type ArrayOf<C> = C extends Int32ArrayConstructor
  ? Int32Array
  : C extends Uint32ArrayConstructor
    ? Uint32Array
    : C extends Uint16ArrayConstructor
      ? Uint16Array
      : C extends Uint8ArrayConstructor
        ? Uint8Array
        : Float64Array
export type GraphArrays = { [K in SectionName]: ArrayOf<(typeof SECTIONS)[K]> }

/**
 * The opened graph. Fields are named one by one, not spread: an object put together from keys is kept as a hash
 * table by the engine, and every read in the inner loops then costs a look-up (measured: 5× on the circles).
 */
export class Graph implements GraphArrays {
  readonly nodes: number
  readonly arcs: number
  readonly edges: number
  readonly index: Flatbush
  /** 1 where an edge has arcs beside its own two. */
  readonly edgeHasCopies: Uint8Array
  readonly nodeLon: GraphArrays['nodeLon']
  readonly nodeLat: GraphArrays['nodeLat']
  readonly copyNode: GraphArrays['copyNode']
  readonly copyBase: GraphArrays['copyBase']
  readonly first: GraphArrays['first']
  readonly motorEnd: GraphArrays['motorEnd']
  readonly tail: GraphArrays['tail']
  readonly head: GraphArrays['head']
  readonly arcEdge: GraphArrays['arcEdge']
  readonly rFirst: GraphArrays['rFirst']
  readonly rMotorEnd: GraphArrays['rMotorEnd']
  readonly rTail: GraphArrays['rTail']
  readonly rArc: GraphArrays['rArc']
  readonly slotOf: GraphArrays['slotOf']
  readonly edgeFwd: GraphArrays['edgeFwd']
  readonly edgeBack: GraphArrays['edgeBack']
  readonly edgeCopyEdge: GraphArrays['edgeCopyEdge']
  readonly edgeCopyArc: GraphArrays['edgeCopyArc']
  readonly edgeFirstPoint: GraphArrays['edgeFirstPoint']
  readonly pointLon: GraphArrays['pointLon']
  readonly pointLat: GraphArrays['pointLat']
  readonly edgeLengthCm: GraphArrays['edgeLengthCm']
  readonly edgeWay: GraphArrays['edgeWay']
  readonly edgeClass: GraphArrays['edgeClass']
  readonly edgeFlags: GraphArrays['edgeFlags']
  readonly edgeMaxFwd: GraphArrays['edgeMaxFwd']
  readonly edgeMaxBack: GraphArrays['edgeMaxBack']
  readonly edgeWeightDt: GraphArrays['edgeWeightDt']
  readonly edgeHeightCm: GraphArrays['edgeHeightCm']
  readonly edgeWidthCm: GraphArrays['edgeWidthCm']
  readonly edgeName: GraphArrays['edgeName']
  readonly edgeRef: GraphArrays['edgeRef']
  readonly nameFirst: GraphArrays['nameFirst']
  readonly nameBytes: GraphArrays['nameBytes']
  readonly edgeIndex: GraphArrays['edgeIndex']

  constructor(
    readonly bytes: ArrayBufferLike,
    readonly bbox: Bbox,
    views: GraphArrays,
  ) {
    this.nodeLon = views.nodeLon
    this.nodeLat = views.nodeLat
    this.copyNode = views.copyNode
    this.copyBase = views.copyBase
    this.first = views.first
    this.motorEnd = views.motorEnd
    this.tail = views.tail
    this.head = views.head
    this.arcEdge = views.arcEdge
    this.rFirst = views.rFirst
    this.rMotorEnd = views.rMotorEnd
    this.rTail = views.rTail
    this.rArc = views.rArc
    this.slotOf = views.slotOf
    this.edgeFwd = views.edgeFwd
    this.edgeBack = views.edgeBack
    this.edgeCopyEdge = views.edgeCopyEdge
    this.edgeCopyArc = views.edgeCopyArc
    this.edgeFirstPoint = views.edgeFirstPoint
    this.pointLon = views.pointLon
    this.pointLat = views.pointLat
    this.edgeLengthCm = views.edgeLengthCm
    this.edgeWay = views.edgeWay
    this.edgeClass = views.edgeClass
    this.edgeFlags = views.edgeFlags
    this.edgeMaxFwd = views.edgeMaxFwd
    this.edgeMaxBack = views.edgeMaxBack
    this.edgeWeightDt = views.edgeWeightDt
    this.edgeHeightCm = views.edgeHeightCm
    this.edgeWidthCm = views.edgeWidthCm
    this.edgeName = views.edgeName
    this.edgeRef = views.edgeRef
    this.nameFirst = views.nameFirst
    this.nameBytes = views.nameBytes
    this.edgeIndex = views.edgeIndex
    this.nodes = views.nodeLon.length
    this.arcs = views.head.length
    this.edges = views.edgeFwd.length
    this.index = Flatbush.from(bytes as ArrayBuffer, views.edgeIndex.byteOffset)
    this.edgeHasCopies = new Uint8Array(this.edges)
    for (const edge of views.edgeCopyEdge) this.edgeHasCopies[edge] = 1
  }
}

interface Header {
  version: number
  bbox: Bbox
  sections: Record<string, { at: number; length: number }>
}

const align = (n: number): number => Math.ceil(n / 8) * 8

/** The arrays as one buffer: magic, header length, JSON header, sections, each on an 8-byte boundary. */
export function packGraph(arrays: GraphArrays, bbox: Bbox): ArrayBuffer {
  const names = Object.keys(SECTIONS) as SectionName[]
  const layout = (start: number): Header => {
    const sections: Header['sections'] = {}
    let at = start
    for (const name of names) {
      sections[name] = { at, length: arrays[name].length }
      at = align(at + arrays[name].byteLength)
    }
    return { version: GRAPH_VERSION, bbox, sections }
  }
  // Offsets grow with the header's own length: leave room rather than iterate.
  const start = align(8 + JSON.stringify(layout(1e12)).length)
  const header = layout(start)
  const text = new TextEncoder().encode(JSON.stringify(header).padEnd(start - 8))
  const last = names.at(-1)!
  const bytes = new ArrayBuffer(align(header.sections[last]!.at + arrays[last].byteLength))
  new Uint32Array(bytes, 0, 2).set([GRAPH_MAGIC, text.length])
  new Uint8Array(bytes, 8, text.length).set(text)
  for (const name of names) {
    const array = arrays[name]
    new Uint8Array(bytes, header.sections[name]!.at, array.byteLength).set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    )
  }
  return bytes
}

/**
 * Views over the bytes of `roads.graph`; copies nothing.
 * @throws Refusal `graph_unreadable` when the bytes are not a graph of this version or are cut short.
 */
export function openGraph(bytes: ArrayBufferLike): Graph {
  const header = readHeader(bytes)
  const arrays = {} as Record<string, unknown>
  let reading = 'header'
  let end = 0
  try {
    if (header.bbox.length !== 4) throw new Error('bbox')
    for (const [name, Type] of Object.entries(SECTIONS)) {
      reading = `section ${name}`
      const { at, length } = header.sections[name]!
      // A view that would begin off its boundary or reach over the end is a RangeError.
      arrays[name] = new Type(bytes as ArrayBuffer, at, length)
      end = align(at + length * Type.BYTES_PER_ELEMENT)
    }
    if (end !== bytes.byteLength) throw new Error('length')
    reading = 'edge index'
    return new Graph(bytes, header.bbox, arrays as unknown as GraphArrays)
  } catch {
    throw unreadable(reading)
  }
}

function readHeader(bytes: ArrayBufferLike): Header {
  if (bytes.byteLength < 16) throw unreadable('header')
  const [magic, length] = new Uint32Array(bytes, 0, 2) as unknown as [number, number]
  if (magic !== GRAPH_MAGIC || 8 + length > bytes.byteLength) throw unreadable('header')
  let header: Header
  try {
    // A shared buffer cannot be decoded in place.
    header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length).slice())) as Header
  } catch {
    throw unreadable('header')
  }
  if (header?.version !== GRAPH_VERSION) throw unreadable(`version ${header?.version}`)
  return header
}

function unreadable(at: string): Refusal {
  return new Refusal(
    'graph_unreadable',
    500,
    { zh: '路网文件损坏或版本不符', en: 'the road graph file is damaged or of another version' },
    {
      zh: '请重新导入本县：npm run import -- 文件夹',
      en: 'import the county again: npm run import -- FOLDER',
    },
    at,
  )
}

const decoder = new TextDecoder()

/** Text number `index` of the graph's names. */
export function nameOf(graph: Graph, index: number): string {
  const from = graph.nameFirst[index]!
  const to = graph.nameFirst[index + 1]!
  return from === to ? '' : decoder.decode(graph.nameBytes.slice(from, to))
}

/** Positions `[from, to)` of `key` in an ascending array. */
export function rangeOf(sorted: Uint32Array, key: number): [number, number] {
  let lo = 0
  let hi = sorted.length
  while (lo < hi) {
    const mid = (lo + hi) >> 1
    if (sorted[mid]! < key) lo = mid + 1
    else hi = mid
  }
  let end = lo
  while (end < sorted.length && sorted[end] === key) end++
  return [lo, end]
}
