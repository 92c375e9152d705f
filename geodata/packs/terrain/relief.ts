import { hash2 } from '../random.ts'
import { newDrainage, fillPits, type Drainage } from './drainage.ts'
import { creep, erode, openGullies, type Ground } from './erode.ts'
import { cellCount, fieldOf, frameCell, type Frame } from './field.ts'
import { layPlains } from './plains.ts'
import { bends, refine } from './refine.ts'
import { tectonics, type Tectonics } from './tectonics.ts'

/** Land beyond the frame that is made first and cut off, so that valleys run across the frame's edge. */
const BEYOND_M = 9000
const UNEVEN = 0.6

/** The stages from coarse to fine: cell, steps, time step, and the chance put on the ground before. */
const STAGES = [
  { cellM: 240, steps: 140, rate: 0.25, roughM: 0, bendM: 0, waveM: 0, creep: 0, plain: null },
  {
    cellM: 120,
    steps: 24,
    rate: 0.35,
    roughM: 14,
    bendM: 230,
    waveM: 1300,
    creep: 0,
    plain: { onValleyLine: true, meanders: false, reachM: 1e6 },
  },
  { cellM: 60, steps: 9, rate: 0.6, roughM: 6, bendM: 0, waveM: 0, creep: 2, plain: null },
  {
    cellM: 30,
    steps: 2,
    rate: 0.9,
    roughM: 1.5,
    bendM: 50,
    waveM: 420,
    creep: 2,
    plain: { onValleyLine: false, meanders: true, reachM: 900 },
  },
]

/** Eroded ground on `frame` (cells of 30 m) and how it drains. Yields the share done. */
export function* relief(
  seed: number,
  frame: Frame,
  widthM: number,
  heightM: number,
): Generator<number, { ground: Ground; flow: Drainage }> {
  const chance = new Float32Array(1 << 16)
  for (let i = 0; i < chance.length; i++) chance[i] = hash2(seed, i, 77) / 4294967296
  let done = 0
  const work = STAGES.map(stage => stage.steps / (stage.cellM * stage.cellM))
  const all = work.reduce((a, b) => a + b)
  const crust = tectonics(seed, widthM, heightM)
  let ground = beginning(crust, wider(frame, STAGES[0].cellM, BEYOND_M))
  let flow = newDrainage(cellCount(ground.frame))
  for (const [index, stage] of STAGES.entries()) {
    if (index > 0) {
      const to = index === 1 ? wider(frame, stage.cellM, BEYOND_M) : wider(frame, stage.cellM, 0)
      const warp = stage.bendM > 0 ? bends(to, seed, stage.bendM, stage.waveM) : null
      yield done
      const finer = refine(ground, flow, to, warp, stage.roughM, seed)
      let part = finer.next()
      for (; !part.done; part = finer.next()) yield done
      const fine = part.value
      yield done
      if (warp && stage.plain) layPlains(ground, flow, fine, warp, seed, crust, stage.plain)
      ground = fine
      yield done
      flow = newDrainage(cellCount(to))
    }
    fillPits(ground.height, ground.frame.cols, ground.outlet, 0.01, flow.receiver)
    yield done
    for (let step = 0; step < stage.steps; step++) {
      erode(ground, flow, stage.rate, stage.cellM > 30 ? UNEVEN : 0, chance)
      yield done + ((step + 1) / stage.steps) * (work[index] / all)
    }
    if (index === STAGES.length - 1) openGullies(ground, flow.areaKm2)
    for (let k = 0; k < stage.creep; k++) creep(ground, flow.areaKm2)
    done += work[index] / all
  }
  return { ground, flow }
}

/** The frame in cells of another size, with land round it. */
function wider(frame: Frame, cellM: number, beyondM: number): Frame {
  if (cellM === frame.cellM && beyondM === 0) return frame
  const cols = Math.ceil((frame.cols * frame.cellM + 2 * beyondM) / cellM)
  const rows = Math.ceil((frame.rows * frame.cellM + 2 * beyondM) / cellM)
  return { cols, rows, cellM, west: frame.west - beyondM, north: frame.north - beyondM }
}

function beginning(crust: Tectonics, frame: Frame): Ground {
  const { cols, rows, cellM } = frame
  const ground: Ground = {
    frame,
    height: fieldOf(frame, crust.start),
    steepness: fieldOf(frame, crust.steepness),
    strength: fieldOf(frame, crust.strength),
    basin: fieldOf(frame, crust.basin),
    outlet: new Uint8Array(cols * rows),
    inflowKm2: new Float32Array(cols * rows),
  }
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      if (row > 0 && col > 0 && row < rows - 1 && col < cols - 1) continue
      const cell = row * cols + col
      const { along, away } = crust.valleyFrame(
        frame.west + (col + 0.5) * cellM,
        frame.north + (row + 0.5) * cellM,
      )
      // Upstream the edge is a divide, so that the main river stays in; it leaves below the middle.
      const main = Math.abs(away) < 400
      if (along < 0 || (!main && Math.abs(away) < 8000)) continue
      ground.outlet[cell] = 1
      if (main) ground.height[cell] -= 150
    }
  }
  const onValley = (along: number) => {
    const off = crust.valleyOffset(along)
    const [ax, ay] = crust.axis
    return frameCell(frame, along * ax - off * ay, along * ay + off * ax)
  }
  let along = 0
  while (onValley(along) >= 0) along -= 100
  ground.inflowKm2[onValley(along + 1000)] = crust.inflowKm2
  return ground
}
