import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import { PLATE_PX } from '../symbols/teams.ts'
import { BOLD, REGULAR } from './fonts.ts'
import { waterNames } from './names.ts'
import { pickedRecord, recordDots, recordPlates } from './records.ts'

const ASIDE = [
  'left',
  'right',
  'top',
  'bottom',
  'top-left',
  'bottom-left',
  'top-right',
  'bottom-right',
] as never

const OUTSIDE = ['format', ['get', 'label'], {}, '\n', {}, ['get', 'facts'], { 'font-scale': 0.9 }] as never

const NOTHING = ['format', '', {}] as never

const PAST_PLATES = (
  [
    ['left', 0.7, 0],
    ['right', -0.7, 0],
    ['top', 0, 0.6],
    ['bottom', 0, -0.6],
    ['bottom', 0, -1.1],
    ['top', 0, 1.1],
    ['left', 1.4, 0],
    ['right', -1.4, 0],
    ['left', 2.2, 0],
    ['right', -2.2, 0],
    ['bottom', 0, -2],
    ['top', 0, 2],
  ] as const
).flatMap(([anchor, x, y]) => [anchor, [x, y]]) as never

/** A tile keeps no arrays, so a plate's place in its row travels as half plates from the middle. */
const SHIFT = [
  'match',
  ['get', 'halfPlates'],
  ...[-2, -1, 1, 2].flatMap(n => [n, ['literal', [(n * PLATE_PX) / 2, 0]]]),
  ['literal', [0, 0]],
] as never

/** Bottom to top; the ones on top are placed first, so times outrank village names. */
export function symbolLayers(token: Token, lang: 'zh' | 'en'): LayerSpecification[] {
  const halo = {
    'text-halo-color': css(token('map-halo'), 0.92),
    'text-halo-width': 1.8,
    'text-halo-blur': 0.4,
  }
  const settlement = (
    id: string,
    kinds: string[],
    minzoom: number,
    size: unknown,
    text: object,
    paint: object,
  ) =>
    ({
      id,
      type: 'symbol',
      source: 'settlements',
      minzoom,
      filter: ['all', ['in', ['get', 'kind'], ['literal', kinds]], ['!', ['get', 'outside']]],
      layout: {
        'icon-image': id === 'place-town' ? 'dot-town' : 'dot-village',
        'icon-allow-overlap': false,
        'icon-padding': 1,
        'text-optional': true,
        'text-field': ['get', 'label'],
        'text-font': REGULAR,
        'text-size': size,
        ...(id === 'place-town'
          ? { 'text-variable-anchor-offset': PAST_PLATES }
          : { 'text-variable-anchor': ASIDE, 'text-radial-offset': 0.6 }),
        'text-justify': 'auto',
        'text-padding': 4,
        'symbol-sort-key': ['get', 'rank'],
        ...text,
      },
      paint: { 'text-color': token('map-label'), ...halo, ...paint },
    }) as LayerSpecification

  return [
    {
      id: 'band-labels',
      type: 'symbol',
      source: 'band-labels',
      layout: {
        'text-field': ['get', 'label'],
        'text-font': REGULAR,
        'text-size': 13,
        'text-padding': 24,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': token('map-circle'), ...halo },
    },
    {
      id: 'way-arrows',
      type: 'symbol',
      source: 'way-arrows',
      layout: {
        'icon-image': 'arrow',
        'icon-rotate': ['get', 'bearingDeg'],
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      id: 'facilities',
      type: 'symbol',
      source: 'facilities',
      minzoom: 12.5,
      layout: {
        'icon-image': ['concat', 'facility-', ['get', 'kind']],
        'text-field': ['step', ['zoom'], '', 14, ['get', 'label']],
        'text-font': REGULAR,
        'text-size': 12,
        'text-variable-anchor': ASIDE,
        'text-radial-offset': 0.9,
        'text-optional': true,
      },
      paint: { 'text-color': token('map-label-2'), ...halo },
    },
    ...recordDots(),
    settlement('place-hamlet', ['hamlet', 'suburb'], 12, 12, {}, { 'text-color': token('map-label-2') }),
    settlement(
      'place-village',
      ['village'],
      10,
      ['interpolate', ['linear'], ['zoom'], 10, 11.5, 11.5, 12.5, 13, 14],
      {
        'text-field': [
          'step',
          ['zoom'],
          ['case', ['get', 'far'], ['get', 'label'], ''],
          11.2,
          ['get', 'label'],
        ],
      },
      {},
    ),
    ...waterNames(token, lang),
    ...recordPlates(token),
    settlement(
      'place-town',
      ['town', 'city'],
      6,
      ['interpolate', ['linear'], ['zoom'], 8, 13, 12, 17],
      {
        'text-font': BOLD,
        // A town's name stands even where a team's plate lies on its dot: beside, above or past a row of them.
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      { 'text-color': token('map-strong') },
    ),
    {
      id: 'place-outside',
      type: 'symbol',
      source: 'settlements',
      filter: ['==', ['get', 'outside'], true],
      layout: {
        'icon-image': 'dot-outside',
        'icon-allow-overlap': true,
        'text-optional': true,
        'text-field': ['step', ['zoom'], ['case', ['get', 'far'], OUTSIDE, NOTHING], 11.3, OUTSIDE],
        'text-font': REGULAR,
        'text-size': ['interpolate', ['linear'], ['zoom'], 10.5, 12.5, 12, 14],
        'text-variable-anchor': ASIDE,
        'text-radial-offset': 0.6,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': token('map-warm'), ...halo },
    },
    {
      id: 'closed-marks',
      type: 'symbol',
      source: 'closed-marks',
      filter: ['!', ['has', 'label']],
      layout: {
        'icon-image': 'cross',
        'icon-rotate': ['get', 'bearingDeg'],
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
      },
    },
    {
      id: 'closed-names',
      type: 'symbol',
      source: 'closed-marks',
      filter: ['has', 'label'],
      layout: {
        'text-field': ['get', 'label'],
        'text-font': BOLD,
        'text-size': 14,
        'text-variable-anchor': ASIDE,
        'text-radial-offset': 1.1,
        'text-padding': 6,
      },
      paint: { 'text-color': token('map-red'), ...halo },
    },
    {
      id: 'teams',
      type: 'symbol',
      source: 'teams',
      filter: ['!', ['get', 'flag']],
      layout: {
        'icon-image': ['concat', 'plate-', ['get', 'kind'], '-', ['get', 'state']],
        'icon-offset': SHIFT,
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-z-order': 'source',
        'symbol-sort-key': ['*', -1, ['get', 'rank']],
      },
    },
    {
      id: 'team-times',
      type: 'symbol',
      source: 'teams',
      filter: ['get', 'flag'],
      layout: {
        'icon-image': ['case', ['get', 'picked'], 'flag-picked', 'flag'],
        'icon-text-fit': 'both',
        'icon-text-fit-padding': [3, 7, 3, 7],
        'text-field': ['get', 'text'],
        'text-font': BOLD,
        'text-size': 14,
        'text-variable-anchor': ['left', 'right'],
        'text-radial-offset': ['get', 'reach'],
        'text-padding': 0,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': ['case', ['get', 'late'], token('warm-text'), token('text')] },
    },
    ...pickedRecord(token),
    {
      // The point is drawn by the page; this keeps names from under its plate.
      id: 'point-room',
      type: 'symbol',
      source: 'point',
      layout: { 'icon-image': 'room', 'icon-anchor': 'bottom', 'icon-allow-overlap': true },
    },
  ]
}
