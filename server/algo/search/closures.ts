import { area as areaM2, kinks } from '@turf/turf'
import type { ClosureShape } from '../../contract/closure.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Area, Bbox } from '../../contract/geo.ts'
import { ROAD_FLAGS } from '../../contract/roads.ts'
import type { Graph } from '../roads/graph.ts'
import { snap } from './snap.ts'

/** A closing point shuts the nearest edge this near. */
const POINT_REACH_M = 50
const MOST_VERTICES = 5000

type Ring = number[][]

/**
 * The edges a closure shuts, ascending. A flood leaves bridges and tunnels alone unless told.
 * @throws Refusal when the shape is broken, larger than the county, or names no edge of this graph.
 */
export function edgesOf(graph: Graph, { geometry, properties }: ClosureShape): Uint32Array {
  const edges = new Set<number>()
  if (properties.way !== undefined) {
    for (let edge = 0; edge < graph.edges; edge++) if (graph.edgeWay[edge] === properties.way) edges.add(edge)
    if (edges.size === 0) throw unknownWay(properties.way)
  }
  if (geometry?.type === 'LineString') {
    checkNumbers([geometry.coordinates])
    for (const edge of touching(graph, [geometry.coordinates], false)) edges.add(edge)
  } else if (geometry && geometry.type !== 'Point') {
    checkArea(graph, geometry)
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    for (const rings of polygons) for (const edge of touching(graph, rings, true)) edges.add(edge)
  }
  if (properties.kind === 'flood') {
    const { bridge, tunnel } = ROAD_FLAGS
    const spared = (properties.bridges ? 0 : bridge) | (properties.tunnels ? 0 : tunnel)
    for (const edge of edges) if (graph.edgeFlags[edge]! & spared) edges.delete(edge)
  }
  // One section that somebody pointed at is meant, bridge or not.
  if (geometry?.type === 'Point') {
    const found = snap(graph, null, geometry.coordinates as [number, number], POINT_REACH_M)
    if (found) edges.add(found.edge)
  }
  if (properties.edge !== undefined) {
    if (!(Number.isInteger(properties.edge) && properties.edge >= 0 && properties.edge < graph.edges))
      throw unknownEdge(properties.edge)
    edges.add(properties.edge)
  }
  return Uint32Array.from(edges).sort()
}

/** Edges with any part on the rings' lines or, when `filled`, inside them by the even-odd rule. */
function touching(graph: Graph, rings: Ring[], filled: boolean): number[] {
  const e7 = rings.map(ring => Float64Array.from(ring.flatMap(([lon, lat]) => [lon! * 1e7, lat! * 1e7])))
  const [w, s, e, n] = boundsOf(e7[0]!)
  return graph.index.search(w, s, e, n).filter(edge => {
    const last = graph.edgeFirstPoint[edge + 1]! - 1
    const first = graph.edgeFirstPoint[edge]!
    // One end inside, or some segment crosses a line: between them every way of touching.
    if (filled && inside(e7, graph.pointLon[first]!, graph.pointLat[first]!)) return true
    for (let p = first; p < last; p++) {
      const [ax, ay] = [graph.pointLon[p]!, graph.pointLat[p]!]
      const [bx, by] = [graph.pointLon[p + 1]!, graph.pointLat[p + 1]!]
      if (Math.max(ax, bx) < w || Math.min(ax, bx) > e || Math.max(ay, by) < s || Math.min(ay, by) > n)
        continue
      if (e7.some(ring => crosses(ring, ax, ay, bx, by))) return true
    }
    return false
  })
}

function boundsOf(ring: Float64Array): Bbox {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    w = Math.min(w, ring[i]!)
    e = Math.max(e, ring[i]!)
    s = Math.min(s, ring[i + 1]!)
    n = Math.max(n, ring[i + 1]!)
  }
  return [w, s, e, n]
}

function inside(rings: Float64Array[], x: number, y: number): boolean {
  let odd = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
    }
  }
  return odd
}

function crosses(ring: Float64Array, ax: number, ay: number, bx: number, by: number): boolean {
  for (let i = 0; i + 3 < ring.length; i += 2) {
    if (segmentsMeet(ax, ay, bx, by, ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!)) return true
  }
  return false
}

/** Which side of the line p → q the point r lies on: −1, 0 or 1. */
function side(px: number, py: number, qx: number, qy: number, rx: number, ry: number): number {
  return Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
}

function between(px: number, py: number, qx: number, qy: number, rx: number, ry: number): boolean {
  return Math.min(px, qx) <= rx && rx <= Math.max(px, qx) && Math.min(py, qy) <= ry && ry <= Math.max(py, qy)
}

function segmentsMeet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const [c, d] = [side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)]
  const [a, b] = [side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)]
  if (c !== d && a !== b) return true
  return (
    (c === 0 && between(ax, ay, bx, by, cx, cy)) ||
    (d === 0 && between(ax, ay, bx, by, dx, dy)) ||
    (a === 0 && between(cx, cy, dx, dy, ax, ay)) ||
    (b === 0 && between(cx, cy, dx, dy, bx, by))
  )
}

function checkNumbers(rings: Ring[]): void {
  let vertices = 0
  for (const ring of rings) {
    vertices += ring.length
    for (const [lon, lat] of ring) {
      if (Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90) continue
      throw new Refusal(
        Math.abs(lon!) <= 90 ? 'lon_lat_swapped' : 'not_on_earth',
        400,
        { zh: '封闭范围的坐标不在地球上', en: 'the closure has a coordinate that is not on Earth' },
        { zh: '坐标按 [经度, 纬度] 填写', en: 'write coordinates as [lon, lat]' },
      )
    }
  }
  if (vertices > MOST_VERTICES) {
    throw new Refusal(
      'closure_too_large',
      422,
      {
        zh: `封闭范围有 ${vertices} 个顶点，最多 ${MOST_VERTICES} 个`,
        en: `the closure has ${vertices} vertices, at most ${MOST_VERTICES}`,
      },
      { zh: '请简化边界', en: 'simplify its outline' },
    )
  }
}

function checkArea(graph: Graph, geometry: Area): void {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  checkNumbers(polygons.flat())
  for (const ring of polygons.flat()) {
    const [first, last] = [ring[0]!, ring.at(-1)!]
    if (first[0] !== last[0] || first[1] !== last[1]) {
      throw new Refusal(
        'ring_not_closed',
        400,
        { zh: '封闭范围的边界没有闭合', en: 'a ring of the closure is not closed' },
        { zh: '首点与末点须相同', en: 'repeat the first point at the end' },
      )
    }
  }
  const [w, s, e, n] = graph.bbox
  const county = areaM2({ type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] }) // prettier-ignore
  const size = areaM2(geometry)
  if (size > county) {
    throw new Refusal(
      'closure_too_large',
      422,
      {
        zh: `封闭范围 ${Math.round(size / 1e6)} 平方公里，比全县还大`,
        en: `the closure covers ${Math.round(size / 1e6)} km², more than the whole county`,
      },
      { zh: '请按实际受灾范围重画', en: 'draw only what is really shut' },
    )
  }
  for (const rings of polygons) {
    const crossing = kinks({ type: 'Polygon', coordinates: rings }).features[0]
    if (!crossing) continue
    const [lon, lat] = crossing.geometry.coordinates
    throw new Refusal(
      'polygon_self_crossing',
      422,
      {
        zh: `封闭范围的边界在 ${lon!.toFixed(5)}, ${lat!.toFixed(5)} 处自相交`,
        en: `the closure's outline crosses itself at ${lon!.toFixed(5)}, ${lat!.toFixed(5)}`,
      },
      { zh: '请重画，不要让边线交叉', en: 'draw it again without crossing lines' },
    )
  }
}

function unknownEdge(edge: number): Refusal {
  return new Refusal(
    'edge_unknown',
    422,
    { zh: `路网中没有路段 ${edge}`, en: `the road graph has no edge ${edge}` },
    {
      zh: '路段号只在同一次导入内有效，请改用点或道路编号（way）',
      en: 'edge numbers live for one import: use a point or a way',
    },
  )
}

function unknownWay(way: number): Refusal {
  return new Refusal(
    'way_unknown',
    422,
    { zh: `路网中没有 OSM 道路 ${way}`, en: `the road graph has no OSM way ${way}` },
    { zh: '请核对编号，或在图上点选道路', en: 'check the number, or pick the road on the map' },
  )
}
