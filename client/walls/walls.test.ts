import { expect, test } from 'vitest'
import { LAYOUTS, PANELS, gridFor, layoutOf } from './layouts.ts'
import { seatOf, typeByHeight, typeFor } from './type-size.ts'

test('type follows how the wall hangs', () => {
  expect(typeFor({ pitchMm: 1.25, distanceM: 8 })).toEqual({ body: 44, figure: 104, title: 60, note: 36 })
  expect(typeFor({ pitchMm: 0.9, distanceM: 8 }).body).toBeGreaterThan(44)
  expect(typeFor({ pitchMm: 1.25, distanceM: 4 }).body).toBe(24)
  expect(typeByHeight(1080)).toEqual({ body: 44, figure: 104, title: 60, note: 36 })
  expect(typeByHeight(2160)).toMatchObject({ body: 88, note: 72 })
})

test.each([
  ['pitch=1.25&distance=8', { pitchMm: 1.25, distanceM: 8 }],
  ['', null],
  ['pitch=1.25', null],
  ['pitch=0&distance=8', null],
  ['pitch=nonsense&distance=8', null],
  ['pitch=1.25&distance=8000', null],
])('%s is read as %j', (query, seat) => expect(seatOf(new URLSearchParams(query))).toEqual(seat))

test.each(LAYOUTS.map(layout => [layout.id, layout] as const))('layout %s fills every shape', (_, layout) => {
  expect(layout.grids[0]!.least).toBe(0)
  expect(layout.grids.map(({ least }) => least)).toEqual(
    layout.grids.map(({ least }) => least).sort((a, b) => a - b),
  )
  for (const { columns, rows, areas } of layout.grids) {
    expect(areas).toHaveLength(rows.split(' ').length)
    for (const row of areas) {
      expect(row).toHaveLength(columns.split(' ').length)
      for (const panel of row) expect(PANELS).toContain(panel)
    }
    expect(new Set(areas.flat())).toContain('map')
    // A panel is one rectangle, as a grid area must be.
    for (const panel of new Set(areas.flat())) {
      const cells = areas.flatMap((row, y) =>
        row.flatMap((name, x) => (name === panel ? [[x, y] as const] : [])),
      )
      const [xs, ys] = [cells.map(([x]) => x), cells.map(([, y]) => y)]
      const box = (Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1)
      expect(cells).toHaveLength(box)
    }
  }
})

test('the grid goes by the shape of the screen, on odd pixels too', () => {
  const watch = layoutOf('watch')
  const least = (w: number, h: number) => gridFor(watch, w, h).least
  expect([least(1920, 1080), least(2560, 1440), least(1280, 720), least(390, 844)]).toEqual([0, 0, 0, 0])
  expect([least(3840, 1080), least(3456, 1152), least(7680, 2160)]).toEqual([2.6, 2.6, 2.6])
  expect(least(5760, 1080)).toBe(4.4)
  expect(layoutOf('no such').id).toBe('watch')
})
