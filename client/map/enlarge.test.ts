import { expect, test } from 'vitest'
import { enlarge, timesOf } from './enlarge.ts'

test.each<[unknown, unknown]>([
  [12, 30],
  ['name', 'name'],
  [
    ['interpolate', ['linear'], ['zoom'], 9, 12, 14, 16],
    ['interpolate', ['linear'], ['zoom'], 9, 30, 14, 40],
  ],
  [
    ['interpolate', ['exponential', 1.5], ['zoom'], 5, ['case', ['get', 'large'], 1, 3], 16, 40],
    ['interpolate', ['exponential', 1.5], ['zoom'], 5, ['*', 2.5, ['case', ['get', 'large'], 1, 3]], 16, 100],
  ],
  [
    ['step', ['zoom'], 0.4, 10, 1, 13, ['get', 'size']],
    ['step', ['zoom'], 1, 10, 2.5, 13, ['*', 2.5, ['get', 'size']]],
  ],
  [
    ['case', ['get', 'large'], 4, 6],
    ['*', 2.5, ['case', ['get', 'large'], 4, 6]],
  ],
])('%j becomes %j', (value, larger) => expect(timesOf(value, 2.5)).toEqual(larger))

test('an icon whose size is not said grows too', () => {
  const layer = { id: 'teams', type: 'symbol', source: 's', layout: { 'icon-image': 'team' } }
  const [teams] = enlarge({ version: 8, sources: {}, layers: [layer] } as never, 2).layers
  expect(teams).toMatchObject({ layout: { 'icon-image': 'team', 'icon-size': 2 } })
})

test('sizes grow, colours, offsets and filters stay', () => {
  const style = {
    version: 8 as const,
    sources: {},
    layers: [
      {
        id: 'names',
        type: 'symbol' as const,
        source: 's',
        minzoom: 9,
        layout: { 'text-size': 12, 'text-radial-offset': 0.6, 'text-field': ['get', 'name'] },
        paint: { 'text-color': '#fff', 'text-halo-width': 1.5 },
      },
      { id: 'ground', type: 'background' as const, paint: { 'background-color': '#000' } },
    ],
  }
  const [names, ground] = enlarge(style as never, 2).layers
  expect(names).toMatchObject({
    minzoom: 9,
    layout: { 'text-size': 24, 'text-radial-offset': 0.6, 'text-field': ['get', 'name'] },
    paint: { 'text-color': '#fff', 'text-halo-width': 3 },
  })
  expect(ground).toEqual(style.layers[1])
  expect(enlarge(style as never, 1)).toBe(style)
})
