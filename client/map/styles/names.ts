import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import { REGULAR } from './fonts.ts'

const base = (layer: string) => ({ source: 'base', 'source-layer': layer })
type Lang = 'zh' | 'en'

/** The base map's own names, in the language shown, the local one where there is no other. */
const nameIn = (lang: Lang) =>
  (lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : ['get', 'name']) as never

const peakIn = (lang: Lang) =>
  [
    'format',
    nameIn(lang),
    {},
    ['case', ['has', 'eleM'], ['concat', '\n', ['to-string', ['get', 'eleM']]], ''],
    { 'font-scale': 0.88 },
  ] as never

/** The layers whose text hangs on the language, with that text. */
export const NAMES_BY_LANGUAGE: Record<string, (lang: Lang) => never> = {
  'name-river': nameIn,
  'name-lake': nameIn,
  'name-road': nameIn,
  peaks: peakIn,
}

const haloOf = (token: Token) => ({
  'text-halo-color': css(token('map-halo'), 0.9),
  'text-halo-width': 1.6,
  'text-halo-blur': 0.4,
})

/** Peaks with their height, roads and their numbers. */
export function nameLayers(token: Token, lang: Lang): LayerSpecification[] {
  const halo = haloOf(token)
  return [
    {
      id: 'name-road',
      type: 'symbol',
      ...base('roads'),
      minzoom: 13,
      filter: ['has', 'name'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 300,
        'text-field': nameIn(lang),
        'text-font': REGULAR,
        'text-size': 12,
        'text-letter-spacing': 0.05,
        'text-max-angle': 30,
        'text-padding': 8,
      },
      paint: { 'text-color': token('map-label-2'), ...halo },
    },
    {
      id: 'road-numbers',
      type: 'symbol',
      ...base('roads'),
      minzoom: 8.5,
      filter: [
        'step',
        ['zoom'],
        ['all', ['has', 'ref'], ['in', ['get', 'class'], ['literal', ['motorway', 'national']]]],
        10,
        [
          'all',
          ['has', 'ref'],
          ['in', ['get', 'class'], ['literal', ['motorway', 'national', 'provincial']]],
        ],
        12,
        [
          'all',
          ['has', 'ref'],
          ['in', ['get', 'class'], ['literal', ['motorway', 'national', 'provincial', 'county']]],
        ],
        13.5,
        ['has', 'ref'],
      ] as never,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': ['interpolate', ['linear'], ['zoom'], 9, 260, 14, 420],
        'icon-image': 'road-number',
        'icon-text-fit': 'both',
        'icon-text-fit-padding': [1, 4, 1, 4],
        'icon-rotation-alignment': 'viewport',
        'text-rotation-alignment': 'viewport',
        'text-field': ['get', 'ref'],
        'text-font': REGULAR,
        'text-size': 11,
        'text-padding': 14,
        'symbol-sort-key': [
          'match',
          ['get', 'class'],
          'motorway',
          0,
          'national',
          1,
          'provincial',
          2,
          'county',
          3,
          4,
        ],
      },
      paint: { 'text-color': token('map-road-number') },
    },
    {
      id: 'peaks',
      type: 'symbol',
      ...base('peaks'),
      minzoom: 9.8,
      layout: {
        'icon-image': 'peak',
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.8, 13, 1],
        'text-field': peakIn(lang),
        'text-font': REGULAR,
        'text-size': 11.5,
        'text-line-height': 1.1,
        'text-anchor': 'top',
        'text-offset': [0, 0.45],
        'text-padding': 10,
        'icon-padding': 6,
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'eleM'], 0]],
      },
      paint: { 'text-color': token('map-peak'), ...halo },
    },
  ]
}

/** Rivers along their course, and lakes: they outrank villages, there are few of them. */
export function waterNames(token: Token, lang: Lang): LayerSpecification[] {
  const halo = haloOf(token)
  return [
    {
      id: 'name-river',
      type: 'symbol',
      ...base('names'),
      minzoom: 9,
      filter: [
        'step',
        ['zoom'],
        ['==', ['get', 'scale'], 'far'],
        12,
        ['==', ['get', 'scale'], 'near'],
      ] as never,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 340,
        'text-field': nameIn(lang),
        'text-font': REGULAR,
        'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 14, 15],
        'text-letter-spacing': 0.25,
        'text-max-angle': 55,
        'text-padding': 10,
        'symbol-sort-key': ['match', ['get', 'kind'], 'river', 0, 1],
      },
      paint: { 'text-color': token('map-water-name'), ...halo },
    },
    {
      id: 'name-lake',
      type: 'symbol',
      ...base('water'),
      minzoom: 10,
      filter: [
        'step',
        ['zoom'],
        ['all', ['has', 'name'], ['==', ['get', 'kind'], 'reservoir']],
        12,
        ['all', ['has', 'name'], ['!=', ['get', 'kind'], 'river']],
      ] as never,
      layout: {
        'text-field': nameIn(lang),
        'text-font': REGULAR,
        'text-size': ['interpolate', ['linear'], ['zoom'], 10, 12, 14, 14],
        'text-max-width': 7,
        'text-padding': 6,
      },
      paint: { 'text-color': token('map-water-name'), ...halo },
    },
  ]
}
