import { NONE, INF, type Graph } from '../../server/algo/roads/graph.ts'
import { ROAD_CLASSES } from '../../server/contract/settings.ts'

/** A table as lines of CSV without their line ends; the first is the heading. */
export type Lines = Generator<string, void, void>

/**
 * `id,lon,lat` of every node that an arc of the profile touches; ids are those of the searched arrays, so a
 * junction and the copies it was split into stand at the same place.
 */
export function* nodeLines(graph: Graph, open: Int32Array): Lines {
  const touched = new Uint8Array(graph.nodes)
  for (let arc = 0; arc < graph.arcs; arc++) {
    if (open[arc] >= INF) continue
    touched[graph.tail[arc]] = 1
    touched[graph.head[arc]] = 1
  }
  yield 'id,lon,lat'
  for (let node = 0; node < graph.nodes; node++) {
    if (touched[node]) yield `${node},${degrees(graph.nodeLon[node])},${degrees(graph.nodeLat[node])}`
  }
}

/**
 * `tail,head,ms,length_m,way_id,class` of every arc with a finite time, in the order of the searched arrays.
 * A walker's link from a copy to its junction has no length, no way (0) and the class `link`.
 */
export function* arcLines(graph: Graph, open: Int32Array): Lines {
  yield 'tail,head,ms,length_m,way_id,class'
  for (let arc = 0; arc < graph.arcs; arc++) {
    if (open[arc] >= INF) continue
    const ends = `${graph.tail[arc]},${graph.head[arc]},${open[arc]}`
    if (graph.arcEdge[arc] === NONE) yield `${ends},0.00,0,link`
    else {
      const edge = graph.arcEdge[arc] >>> 1
      const lengthM = (graph.edgeLengthCm[edge] / 100).toFixed(2)
      yield `${ends},${lengthM},${graph.edgeWay[edge]},${ROAD_CLASSES[graph.edgeClass[edge]]}`
    }
  }
}

/** 1e-7 degrees as they are, every digit. */
function degrees(e7: number): string {
  const digits = String(Math.abs(e7)).padStart(8, '0')
  return `${e7 < 0 ? '-' : ''}${digits.slice(0, -7)}.${digits.slice(-7)}`
}
