import Flatbush from 'flatbush'
import { Refusal } from '../../contract/errors.ts'
import { distanceM, type Bbox } from '../../contract/geo.ts'
import type { RoadNetwork } from '../../contract/roads.ts'
import { arcsOf, type Arc } from './arcs.ts'
import { standOffBarriers } from './barriers.ts'
import { NONE, packGraph, type GraphArrays } from './graph.ts'
import { hilbertOrder } from './hilbert.ts'
import { cutIntoEdges, type Piece } from './junctions.ts'
import { splitRestricted } from './turns.ts'

/**
 * Roads as the importer read them → the bytes of `roads.graph`.
 * @throws Refusal `no_roads` when nothing in the network can be driven or walked.
 */
export function buildGraph(asTagged: RoadNetwork): ArrayBuffer {
  const network = standOffBarriers(asTagged)
  const { pieces, junctions } = cutIntoEdges(network)
  if (pieces.length === 0) throw noRoads()
  const { arcs, copyOf } = splitRestricted(network, pieces, junctions, arcsOf(network, pieces))
  const nodeCount = junctions.length + copyOf.length
  const junctionOf = (node: number): number =>
    node < junctions.length ? node : copyOf[node - junctions.length]!

  const footOnly = new Uint8Array(nodeCount).fill(1)
  for (const arc of arcs) {
    if (!arc.motor) continue
    footOnly[arc.tail] = 0
    footOnly[arc.head] = 0
  }
  const at = Uint32Array.from({ length: nodeCount }, (_, n) => junctions[junctionOf(n)]!)
  const order = hilbertOrder(
    Int32Array.from(at, i => network.lonE7[i]!),
    Int32Array.from(at, i => network.latE7[i]!),
    footOnly,
  )
  const rankOf = new Uint32Array(nodeCount)
  order.forEach((node, rank) => (rankOf[node] = rank))

  const copies = copyOf
    .map((junction, i) => ({ copy: rankOf[junctions.length + i]!, base: rankOf[junction]! }))
    .sort((a, b) => a.base - b.base || a.copy - b.copy)
  const edgeOrder = orderEdges(pieces, rankOf)
  const edgeRank = new Uint32Array(pieces.length)
  edgeOrder.forEach((piece, rank) => (edgeRank[piece] = rank))

  const topology = layOut(arcs, rankOf, edgeRank, nodeCount, pieces.length, junctions.length)
  const geometry = edgeTables(network, pieces, edgeOrder)
  const arrays = {
    nodeLon: Int32Array.from(order, n => network.lonE7[at[n]!]!),
    nodeLat: Int32Array.from(order, n => network.latE7[at[n]!]!),
    copyNode: Uint32Array.from(copies, c => c.copy),
    copyBase: Uint32Array.from(copies, c => c.base),
    ...topology,
    ...geometry,
  } satisfies GraphArrays
  return packGraph(arrays, boundsOf(arrays))
}

function orderEdges(pieces: Piece[], rankOf: Uint32Array): Uint32Array {
  const key = Float64Array.from(pieces, p => Math.min(rankOf[p.tail]!, rankOf[p.head]!))
  return Uint32Array.from({ length: pieces.length }, (_, i) => i).sort((a, b) => key[a]! - key[b]! || a - b)
}

/** Compressed sparse rows, forward and reverse, vehicles' arcs before walkers' in every row. */
function layOut(
  arcs: Arc[],
  rankOf: Uint32Array,
  edgeRank: Uint32Array,
  nodeCount: number,
  edgeCount: number,
  junctionCount: number,
) {
  const tail = Uint32Array.from(arcs, a => rankOf[a.tail]!)
  const heads = Uint32Array.from(arcs, a => rankOf[a.head]!)
  const footOnly = Uint8Array.from(arcs, a => (a.motor ? 0 : 1))
  const row = (by: Uint32Array, other: Uint32Array): Uint32Array =>
    Uint32Array.from({ length: arcs.length }, (_, i) => i).sort(
      (a, b) => by[a]! - by[b]! || footOnly[a]! - footOnly[b]! || other[a]! - other[b]! || a - b,
    )
  const rows = (sorted: Uint32Array, by: Uint32Array): [Uint32Array, Uint32Array] => {
    const first = new Uint32Array(nodeCount + 1)
    const motorEnd = new Uint32Array(nodeCount)
    for (const i of sorted) first[by[i]! + 1]!++
    for (let n = 0; n < nodeCount; n++) first[n + 1]! += first[n]!
    motorEnd.set(first.subarray(0, nodeCount))
    for (const i of sorted) if (!footOnly[i]) motorEnd[by[i]!]!++
    return [first, motorEnd]
  }
  const order = row(tail, heads)
  const arcId = new Uint32Array(arcs.length)
  order.forEach((i, id) => (arcId[i] = id))
  const [first, motorEnd] = rows(order, tail)
  const slots = row(heads, tail)
  const [rFirst, rMotorEnd] = rows(slots, heads)
  const slotOf = new Uint32Array(arcs.length)
  slots.forEach((i, slot) => (slotOf[arcId[i]!] = slot))

  const edgeFwd = new Uint32Array(edgeCount).fill(NONE)
  const edgeBack = new Uint32Array(edgeCount).fill(NONE)
  const copies: { edge: number; arc: number }[] = []
  const arcEdge = new Uint32Array(arcs.length).fill(NONE)
  // An edge's own arc is a vehicle's out of the junction itself where there is one; any other is a copy of it.
  const rank = (arc: Arc): number => (arc.motor ? 0 : 2) + (arc.tail < junctionCount ? 0 : 1)
  const byRank = arcs.map((_, i) => i).sort((a, b) => rank(arcs[a]!) - rank(arcs[b]!) || a - b)
  for (const i of byRank) {
    const arc = arcs[i]!
    if (arc.edge === NONE) continue
    const edge = edgeRank[arc.edge]!
    arcEdge[arcId[i]!] = edge * 2 + arc.back
    const own = arc.back ? edgeBack : edgeFwd
    if (own[edge] === NONE) own[edge] = arcId[i]!
    else copies.push({ edge, arc: arcId[i]! })
  }
  copies.sort((a, b) => a.edge - b.edge || a.arc - b.arc)
  return {
    first,
    motorEnd,
    tail: Uint32Array.from(order, i => tail[i]!),
    head: Uint32Array.from(order, i => heads[i]!),
    arcEdge,
    rFirst,
    rMotorEnd,
    rTail: Uint32Array.from(slots, i => tail[i]!),
    rArc: Uint32Array.from(slots, i => arcId[i]!),
    slotOf,
    edgeFwd,
    edgeBack,
    edgeCopyEdge: Uint32Array.from(copies, c => c.edge),
    edgeCopyArc: Uint32Array.from(copies, c => c.arc),
  }
}

function edgeTables(network: RoadNetwork, pieces: Piece[], edgeOrder: Uint32Array) {
  const n = pieces.length
  const names = new Map<string, number>([['', 0]])
  const nameId = (name: string): number => {
    let id = names.get(name)
    if (id === undefined) names.set(name, (id = names.size))
    return id
  }
  let points = 0
  for (const p of pieces) points += p.points.length
  const edgeFirstPoint = new Uint32Array(n + 1)
  const pointLon = new Int32Array(points)
  const pointLat = new Int32Array(points)
  const edgeLengthCm = new Uint32Array(n)
  const index = new Flatbush(n, 16, Int32Array)
  let at = 0
  edgeOrder.forEach((pieceId, edge) => {
    let lengthM = 0
    let [w, s, e, nn] = [Infinity, Infinity, -Infinity, -Infinity]
    let previous = -1
    for (const node of pieces[pieceId]!.points) {
      const lon = (pointLon[at] = network.lonE7[node]!)
      const lat = (pointLat[at] = network.latE7[node]!)
      at++
      w = Math.min(w, lon)
      e = Math.max(e, lon)
      s = Math.min(s, lat)
      nn = Math.max(nn, lat)
      if (previous >= 0) {
        lengthM += distanceM(
          [network.lonE7[previous]! / 1e7, network.latE7[previous]! / 1e7],
          [lon / 1e7, lat / 1e7],
        )
      }
      previous = node
    }
    edgeFirstPoint[edge + 1] = at
    edgeLengthCm[edge] = Math.max(1, Math.round(lengthM * 100))
    index.add(w, s, e, nn)
  })
  index.finish()
  const ways = Array.from(edgeOrder, pieceId => network.ways[pieces[pieceId]!.way]!)
  const edgeName = Uint32Array.from(ways, w => nameId(w.name))
  const edgeRef = Uint32Array.from(ways, w => nameId(w.ref))
  const encoded = [...names.keys()].map(name => new TextEncoder().encode(name))
  const nameFirst = new Uint32Array(encoded.length + 1)
  encoded.forEach((bytes, i) => (nameFirst[i + 1] = nameFirst[i]! + bytes.length))
  const nameBytes = new Uint8Array(nameFirst.at(-1)!)
  encoded.forEach((bytes, i) => nameBytes.set(bytes, nameFirst[i]))
  return {
    edgeFirstPoint,
    pointLon,
    pointLat,
    edgeLengthCm,
    edgeWay: Float64Array.from(ways, w => w.id),
    edgeClass: Uint8Array.from(ways, w => w.cls),
    edgeFlags: Uint16Array.from(ways, w => w.flags),
    edgeMaxFwd: Uint8Array.from(ways, w => Math.min(255, Math.round(w.maxspeedFwd))),
    edgeMaxBack: Uint8Array.from(ways, w => Math.min(255, Math.round(w.maxspeedBack))),
    // A limit that rounds to nothing is still a limit: 0 would read as "not signed".
    edgeWeightDt: Uint16Array.from(ways, w => limit(w.maxweightT * 10)),
    edgeHeightCm: Uint16Array.from(ways, w => limit(w.maxheightM * 100)),
    edgeWidthCm: Uint16Array.from(ways, w => limit(w.maxwidthM * 100)),
    edgeName,
    edgeRef,
    nameFirst,
    nameBytes,
    edgeIndex: new Uint8Array(index.data as ArrayBuffer),
  }
}

const limit = (signed: number): number =>
  signed > 0 ? Math.min(65535, Math.max(1, Math.floor(signed + 1e-6))) : 0

function boundsOf({ pointLon, pointLat }: GraphArrays): Bbox {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < pointLon.length; i++) {
    w = Math.min(w, pointLon[i]!)
    e = Math.max(e, pointLon[i]!)
    s = Math.min(s, pointLat[i]!)
    n = Math.max(n, pointLat[i]!)
  }
  return [w / 1e7, s / 1e7, e / 1e7, n / 1e7]
}

function noRoads(): Refusal {
  return new Refusal(
    'no_roads',
    422,
    { zh: '数据里没有可通行的道路', en: 'the data holds no road that can be driven or walked' },
    {
      zh: '请检查 *.osm.pbf 是否包含带 highway 标签的道路',
      en: 'check that the *.osm.pbf holds ways with a highway tag',
    },
  )
}
