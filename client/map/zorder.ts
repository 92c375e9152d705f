import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import { drawAimed } from './layers/aimed.ts'
import { drawBandFill } from './layers/bandFill.ts'
import { drawBandLine } from './layers/bandLine.ts'
import { drawClosed } from './layers/closed.ts'
import { drawClosedArea } from './layers/closedArea.ts'
import { drawRecord } from './layers/record.ts'
import { drawSketch } from './layers/sketch.ts'
import { drawWay } from './layers/way.ts'
import { placed, type DrawLayer, type Scene } from './layer.ts'
import { FIRST_ROAD, FIRST_SYMBOL } from './style.ts'

/** Bottom to top. `before` is the base layer that each lies under. Adding a layer = one file + one line. */
const Z_ORDER: { draw: DrawLayer; before: string }[] = [
  { draw: drawBandFill, before: FIRST_ROAD }, // a tint of the ground: roads stay readable on it
  { draw: drawBandLine, before: FIRST_SYMBOL }, // the edge of the hour crosses roads visibly
  { draw: drawClosedArea, before: FIRST_SYMBOL },
  { draw: drawRecord, before: FIRST_SYMBOL },
  { draw: drawWay, before: FIRST_SYMBOL }, // over the edge: it is what is being asked about
  { draw: drawClosed, before: FIRST_SYMBOL }, // over the way: a way never hides a closure
  { draw: drawAimed, before: FIRST_SYMBOL },
  { draw: drawSketch, before: FIRST_SYMBOL }, // the hand's own line on top
]

/**
 * The overlay drops a place in the base style when nothing stands in it, and can take it back only while no
 * source is loading: an empty layer keeps each place, or everything would be drawn over the labels.
 */
function keepPlaces(): Layer[] {
  return [...new Set(Z_ORDER.map(z => z.before))].map(
    before => new PathLayer({ ...placed(`keep-${before}`, before), data: [] }),
  )
}

export function drawScene(scene: Scene): Layer[] {
  return [...keepPlaces(), ...drawAll(scene)]
}

function drawAll(scene: Scene): Layer[] {
  return Z_ORDER.flatMap(({ draw, before }) => draw(scene, before))
}
