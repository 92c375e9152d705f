import type { LayerSpecification } from 'maplibre-gl'
import type { Token } from '../palette.ts'

interface Road {
  cls: string[]
  colour: string
  /** Width at zoom 10.5. */
  px: number
  /** The zoom at which it appears, and at which it gets a dark edge. */
  from: number
  edgeFrom?: number
  dash?: number[]
}
/** Lowest class first. */
const ROADS: Road[] = [
  { cls: ['path', 'steps'], colour: 'map-track', px: 0.7, from: 14, dash: [2, 2] },
  { cls: ['track'], colour: 'map-track', px: 0.8, from: 12.5, dash: [3, 2] },
  { cls: ['service'], colour: 'map-track', px: 0.9, from: 13.5 },
  { cls: ['village'], colour: 'map-village', px: 0.9, from: 10.5, edgeFrom: 11.5 },
  { cls: ['township'], colour: 'map-township', px: 1.2, from: 9, edgeFrom: 9.5 },
  { cls: ['county'], colour: 'map-county', px: 1.6, from: 8.5, edgeFrom: 8.5 },
  { cls: ['provincial'], colour: 'map-provincial', px: 2.2, from: 6, edgeFrom: 8 },
  { cls: ['national'], colour: 'map-national', px: 3, from: 5, edgeFrom: 8 },
  { cls: ['motorway'], colour: 'map-motorway', px: 4.6, from: 5, edgeFrom: 7 },
]
/** Everything that lies on the ground under roads goes before this. */
export const FIRST_ROAD = 'road-tunnels'

/** From here on each carriageway of a motorway is a line of its own. */
const CARRIAGEWAYS_FROM = 13.2
const BRIDGED = ['motorway', 'national', 'provincial', 'county', 'township']

const width = (px: number, more = 0) =>
  [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    7,
    px * 0.35 + more * 0.5,
    10.5,
    px + more * 0.6,
    13,
    px * 1.5 + more,
    17,
    px * 4.5 + more,
  ] as never

const base = (layer: string) => ({ source: 'base', 'source-layer': layer })
const ofClass = (cls: string[], more: unknown[] = []) =>
  ['all', ['in', ['get', 'class'], ['literal', cls]], ['!', ['has', 'tunnel']], ...more] as never
const round = { 'line-cap': 'round', 'line-join': 'round' } as const

/** Railways as the sleepers of a printed map, power lines as a thread. */
export function traceLayers(token: Token): LayerSpecification[] {
  const rail = ['all', ['==', ['get', 'kind'], 'rail'], ['!', ['has', 'tunnel']]] as never
  return [
    {
      id: 'power',
      type: 'line',
      ...base('traces'),
      minzoom: 11.5,
      filter: ['==', ['get', 'kind'], 'power'],
      paint: { 'line-color': token('map-power'), 'line-width': 0.8, 'line-dasharray': [10, 2, 1, 2] },
    },
    {
      id: 'rail-tunnels',
      type: 'line',
      ...base('traces'),
      minzoom: 9,
      filter: ['all', ['==', ['get', 'kind'], 'rail'], ['has', 'tunnel']],
      paint: {
        'line-color': token('map-rail'),
        'line-width': 1,
        'line-dasharray': [3, 3],
        'line-opacity': 0.5,
      },
    },
    {
      id: 'rail',
      type: 'line',
      ...base('traces'),
      filter: rail,
      paint: { 'line-color': token('map-rail'), 'line-width': width(2.2) },
    },
    {
      id: 'rail-gaps',
      type: 'line',
      ...base('traces'),
      filter: rail,
      paint: {
        'line-color': token('map-rail-gap'),
        'line-width': width(1.1),
        'line-dasharray': [8, 8],
      },
    },
  ]
}

/** Roads by class, dark edges under all of them first; the motorway is the only double line. */
export function roadLayers(token: Token): LayerSpecification[] {
  const classOf = ROADS.flatMap(r => [r.cls, token(r.colour)])
  const tunnels: LayerSpecification = {
    id: FIRST_ROAD,
    type: 'line',
    ...base('roads'),
    minzoom: 9,
    filter: ['all', ['has', 'tunnel'], ['!', ['in', ['get', 'class'], ['literal', ['path', 'steps']]]]],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ['match', ['get', 'class'], ...classOf, token('map-track')] as never,
      'line-width': width(1.6),
      'line-dasharray': [2, 1.4],
      'line-opacity': 0.65,
    },
  }
  const edges = ROADS.flatMap(({ cls, px, edgeFrom }): LayerSpecification[] =>
    edgeFrom === undefined
      ? []
      : [
          {
            id: `road-edge-${cls[0]}`,
            type: 'line',
            ...base('roads'),
            minzoom: edgeFrom,
            filter: ofClass(cls),
            layout: round,
            paint: { 'line-color': token('map-road-edge'), 'line-width': width(px, 2), 'line-opacity': 0.85 },
          },
        ],
  )
  // A bridge shows its rails: light lines beside the dark edge.
  const bridges: LayerSpecification = {
    id: 'road-bridges',
    type: 'line',
    ...base('roads'),
    minzoom: 12.5,
    filter: ['all', ['has', 'bridge'], ['in', ['get', 'class'], ['literal', BRIDGED]]],
    layout: { 'line-cap': 'butt', 'line-join': 'round' },
    paint: {
      'line-color': token('map-bridge'),
      'line-width': width(2.4, 4),
    },
  }
  const lines = ROADS.flatMap(({ cls, colour, px, from, dash }): LayerSpecification[] => {
    const line = (id: string, paint: object): LayerSpecification => ({
      id,
      type: 'line',
      ...base('roads'),
      minzoom: from,
      filter: ofClass(cls),
      layout: dash ? { 'line-cap': 'butt', 'line-join': 'round' } : round,
      paint: { 'line-color': token(colour), 'line-width': width(px), ...paint },
    })
    const id = `road-${cls[0]}`
    const main = line(id, dash ? { 'line-dasharray': dash } : {})
    if (cls[0] !== 'motorway') return [main]
    const middle = line(`${id}-middle`, {
      'line-color': token('map-road-edge'),
      'line-width': width(px * 0.3),
    })
    // Near by its two carriageways are the double line themselves.
    return [main, { ...middle, maxzoom: CARRIAGEWAYS_FROM } as LayerSpecification]
  })
  return [tunnels, bridges, ...edges, ...traceLayers(token), ...lines]
}
