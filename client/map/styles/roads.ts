import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'

/** Lowest class first. `px` is the width at zoom 12; `from` the zoom at which it appears. */
const ROADS = [
  { cls: ['path', 'steps'], colour: 'map-track', px: 0.7, from: 14, dash: [2, 2] },
  { cls: ['track'], colour: 'map-track', px: 0.8, from: 12.5, dash: [3, 2] },
  { cls: ['service'], colour: 'map-track', px: 0.9, from: 13.5 },
  { cls: ['village'], colour: 'map-village', px: 0.9, from: 10 },
  { cls: ['township'], colour: 'map-township', px: 1.1, from: 9 },
  { cls: ['county'], colour: 'map-county', px: 1.3, from: 8.5 },
  { cls: ['provincial'], colour: 'map-provincial', px: 2, from: 6 },
  { cls: ['national'], colour: 'map-national', px: 3, from: 5 },
  { cls: ['motorway'], colour: 'map-motorway', px: 5.2, from: 5 },
]
export const FIRST_ROAD = 'road-path'

const width = (px: number) =>
  [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    7,
    px * 0.35,
    10.5,
    px,
    13,
    px * 1.25,
    17,
    px * 3.5,
  ] as never

/** Roads by class; the motorway is the only double line. */
export function roadLayers(token: Token): LayerSpecification[] {
  return ROADS.flatMap(({ cls, colour, px, from, dash }) => {
    const line = (id: string, paint: object): LayerSpecification => ({
      id,
      type: 'line',
      source: 'base',
      'source-layer': 'roads',
      minzoom: from,
      filter: ['in', ['get', 'class'], ['literal', cls]],
      layout: { 'line-cap': dash ? 'butt' : 'round', 'line-join': 'round' },
      paint: { 'line-color': token(colour), 'line-width': width(px), ...paint },
    })
    const id = `road-${cls[0]}`
    const main = line(id, dash ? { 'line-dasharray': dash } : {})
    if (cls[0] !== 'motorway') return [main]
    return [
      main,
      line(`${id}-middle`, { 'line-color': token('map-road-edge'), 'line-width': width(px * 0.38) }),
    ]
  })
}

const border = (id: string, filter: unknown, paint: object, minzoom = 0): LayerSpecification => ({
  id,
  type: 'line',
  source: 'base',
  'source-layer': 'boundary',
  minzoom,
  filter: filter as never,
  layout: { 'line-join': 'round' },
  paint,
})

/** The country or county in a light line on a dark one, townships dotted. */
export function borderLayers(token: Token): LayerSpecification[] {
  const level = ['to-number', ['get', 'level']]
  const wide = ['<=', level, 6]
  const edge = css(token('map-border-edge'), 0.75)
  return [
    border(
      'border-township',
      ['>', level, 6],
      {
        'line-color': css(token('map-border'), 0.35),
        'line-width': 1,
        'line-dasharray': [1, 3],
      },
      9.5,
    ),
    border('border-edge', wide, { 'line-color': edge, 'line-width': 7 }),
    border('border', wide, { 'line-color': css(token('map-border'), 0.55), 'line-width': 2 }),
  ]
}
