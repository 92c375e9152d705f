import type { Feature, FeatureCollection, Position } from 'geojson'
import { type Area, areaBbox, type Bbox } from '../../server/contract/geo.ts'

const WORLD: Bbox = [-180, -85, 180, 85]
/** The land fades over this share of the county's size, in steps too small to see. */
const FADE_SHARE = 0.07
const STEPS = 14

const ring = ([w, s, e, n]: Bbox): Position[] => [
  [w, s],
  [e, s],
  [e, n],
  [w, n],
  [w, s],
]

function grown([w, s, e, n]: Bbox, dx: number, dy: number): Bbox {
  return [w - dx, s - dy, e + dx, n + dy]
}

/** Outer rings of an area. */
function outers(area: Area): Position[][] {
  return (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).map(p => p[0] as Position[])
}

/**
 * The world less the county (`what: 'land'`), and frames round it (`fade`) whose `alpha` adds up until nothing
 * is seen where the terrain may end. Without a border only the frames, round `bbox`.
 */
export function outsideShapes(border: Area | null, bbox: Bbox): FeatureCollection {
  const rings = border ? outers(border) : []
  const box = border ? areaBbox(border) : bbox
  const [dx, dy] = [(box[2] - box[0]) * FADE_SHARE, (box[3] - box[1]) * FADE_SHARE]
  const feature = (coordinates: Position[][], properties: object): Feature => ({
    type: 'Feature',
    geometry: { type: 'Polygon', coordinates },
    properties: { ...properties },
  })
  // Each frame covers what is left by the same share, so that the last one leaves a fiftieth.
  const alpha = 1 - 0.02 ** (1 / STEPS)
  const frames = Array.from({ length: STEPS }, (_, i) => {
    const part = (i + 1) / STEPS
    return feature([ring(WORLD), ring(grown(box, dx * part, dy * part))], { what: 'fade', alpha })
  })
  return {
    type: 'FeatureCollection',
    features: [...(border ? [feature([ring(WORLD), ...rings], { what: 'land' })] : []), ...frames],
  }
}
