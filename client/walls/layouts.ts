import type { Text } from '../../server/contract/errors.ts'

/** What may stand in a cell of a wall. */
export const PANELS = ['strip', 'state', 'roads', 'map'] as const
export type PanelName = (typeof PANELS)[number]

/** A grid for walls at least so many times as wide as high: tracks and areas as CSS has them. */
export interface Grid {
  least: number
  columns: string
  rows: string
  areas: PanelName[][]
}

/** A wall as data: which panels, on which grid by its shape. */
export interface Layout {
  id: string
  name: Text
  /** The narrowest shape first. */
  grids: Grid[]
  /** Whether the circles of all teams lie on the map. */
  coverage: boolean
}

/** Nothing has happened: what the county could do, and what stands against it. */
const watch: Layout = {
  id: 'watch',
  name: { zh: '值守', en: 'Watch' },
  coverage: true,
  grids: [
    {
      least: 0,
      columns: '37fr 63fr',
      rows: 'auto 57fr 43fr',
      areas: [
        ['strip', 'strip'],
        ['state', 'map'],
        ['roads', 'map'],
      ],
    },
    {
      least: 2.6,
      columns: '22fr 53fr 25fr',
      rows: 'auto 1fr',
      areas: [
        ['strip', 'strip', 'strip'],
        ['state', 'map', 'roads'],
      ],
    },
    {
      least: 4.4,
      columns: '16fr 66fr 18fr',
      rows: 'auto 1fr',
      areas: [
        ['strip', 'strip', 'strip'],
        ['state', 'map', 'roads'],
      ],
    },
  ],
}

export const LAYOUTS: readonly Layout[] = [watch]

/** The layout of that name; the first where there is none of it. */
export const layoutOf = (id: string): Layout => LAYOUTS.find(layout => layout.id === id) ?? LAYOUTS[0]!

/** The grid for a screen of this size. */
export const gridFor = ({ grids }: Layout, width: number, height: number): Grid =>
  grids.findLast(({ least }) => width / Math.max(1, height) >= least) ?? grids[0]!
