import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import { BOLD, REGULAR } from './fonts.ts'

/** From here on every row is a plate where there is room. */
const NEAR = 11.6
/** From here on a plate has its name. */
const NAMED = 12.8

const icon = ['concat', 'record-', ['get', 'register'], ['case', ['get', 'stale'], '-stale', '']] as never
const halo = (token: Token) => ({
  'text-halo-color': css(token('map-halo'), 0.92),
  'text-halo-width': 1.8,
  'text-halo-blur': 0.4,
})

/** A small square for every row, so that none is lost where plates have no room. */
export function recordDots(): LayerSpecification[] {
  return [
    {
      id: 'record-dots',
      type: 'symbol',
      source: 'records',
      layout: {
        'icon-image': ['concat', 'record-dot-', ['case', ['get', 'stale'], 'stale', ['get', 'group']]],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.75, 13, 1.1],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['-', 0, ['get', 'rank']],
      },
    },
  ]
}

/** Plates by rank, thinned by the map where they would cover each other; the picked one above all. */
export function recordPlates(token: Token): LayerSpecification[] {
  return [
    {
      id: 'records',
      type: 'symbol',
      source: 'records',
      filter: ['all', ['!', ['get', 'picked']], ['step', ['zoom'], ['get', 'major'], NEAR, true]] as never,
      layout: {
        'icon-image': icon,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.55, 12, 0.72, 14, 0.9, 16, 1],
        'icon-padding': 1,
        'text-field': ['step', ['zoom'], '', NAMED, ['get', 'label']] as never,
        'text-font': REGULAR,
        'text-size': 12.5,
        'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
        'text-radial-offset': 1.25,
        'text-justify': 'auto',
        'text-max-width': 9,
        'text-optional': true,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: {
        'text-color': ['case', ['get', 'stale'], token('map-stale'), token('map-label')],
        ...halo(token),
      },
    },
  ]
}

export function pickedRecord(token: Token): LayerSpecification[] {
  return [
    {
      id: 'record-picked',
      type: 'symbol',
      source: 'records',
      filter: ['get', 'picked'],
      layout: {
        'icon-image': ['concat', 'picked-', ['get', 'register']],
        'icon-allow-overlap': true,
        'text-field': ['get', 'label'],
        'text-font': BOLD,
        'text-size': 14,
        'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
        'text-radial-offset': 1.7,
        'text-justify': 'auto',
        'text-max-width': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': token('map-strong'), ...halo(token) },
    },
  ]
}
