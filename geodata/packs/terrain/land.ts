import { Refusal } from '../../../server/contract/errors.ts'
import { M_PER_DEG, type LonLat } from '../../../server/contract/geo.ts'
import { LAKE, RIVER, type Brief, type Land, type Reservoir } from '../county.ts'
import type { Grid } from '../grid.ts'
import { placeName } from '../names.ts'
import { Random } from '../random.ts'
import { borderRing, within } from './border.ts'
import { accumulate, fillPits, steepest, type Drainage } from './drainage.ts'
import { creep } from './erode.ts'
import { resample, type Frame } from './field.ts'
import { relief } from './relief.ts'
import { dammed } from './reservoirs.ts'
import { CHANNEL_KM2, namedRivers, watercourses, widen } from './rivers.ts'
import { cutFloors } from './valleys.ts'
import { floodPlains, heightAboveWater, slopes, summits } from './water.ts'

const CELL_M = 30
/** Land round the county on every side. */
const MARGIN_M = 2500
const LEAST_KM = 12
const MOST_KM = 100

/**
 * The ground of a county: eroded mountains and basins, rivers, reservoirs, its border along the ridges.
 * Yields the share done.
 * @throws Refusal county_size
 */
export function* makeLand(brief: Brief): Generator<number, Land> {
  const [widthM, heightM] = [brief.widthKm * 1000, brief.heightKm * 1000]
  checkSize(brief)
  const frame = frameOf(widthM, heightM)
  const work = relief(brief.seed, frame, widthM, heightM)
  let step = work.next()
  while (!step.done) {
    yield step.value * 0.7
    step = work.next()
  }
  const { ground, flow } = step.value
  const { outlet, inflowKm2 } = ground
  const random = new Random(brief.seed, 'land')
  raiseTo(ground.height, flow, random.between(930, 1060))
  const beds = cutFloors(ground, flow)
  yield 0.72
  for (let k = 0; k < 2; k++) creep(ground, flow.areaKm2, beds)
  yield 0.74
  const height = ground.height
  for (let i = 0; i < height.length; i++) height[i] = Math.round(height[i] * 10) / 10
  yield* drain(height, frame, outlet, inflowKm2, flow, 0.76)
  yield 0.78
  const courses = watercourses(flow, inflowKm2)
  const wide: Frame = {
    ...frame,
    cols: Math.ceil(frame.cols / 4),
    rows: Math.ceil(frame.rows / 4),
    cellM: 120,
  }
  const worth = resample(heightAboveWater(height, flow, courses.channel), frame, wide)
  const ring = borderRing(brief.seed, wide, worth, widthM, heightM)
  const inside = within(frame, ring)
  yield 0.82
  const lakes = dammed(height, frame, flow, courses, inside)
  yield 0.86
  yield* drain(height, frame, outlet, inflowKm2, flow, 0.87)
  yield 0.9
  const after = watercourses(flow, inflowKm2)
  const water = after.channel
  widen(water, height, flow, frame)
  for (let i = 0; i < water.length; i++) if (water[i]) water[i] = RIVER
  for (const { lake } of lakes) for (const cell of lake) water[cell] = LAKE
  const aboveWaterM = heightAboveWater(height, flow, water)
  const slopeDeg = slopes(height, frame)
  yield 0.95
  const floodPlain = floodPlains(flow, water, aboveWaterM, slopeDeg)
  const grid = gridOf(frame, brief.centre)
  const taken = new Set<string>()
  const names = new Random(brief.seed, 'land names')
  const lonLat = ([x, y]: [number, number]): LonLat => [
    grid.west + ((x - frame.west) / CELL_M) * grid.dLon,
    grid.north - ((y - frame.north) / CELL_M) * grid.dLat,
  ]
  const reservoirs = lakes.map((lake): Reservoir => ({
    name: placeName(names, 'reservoir', taken),
    cells: lake.lake,
    dam: [lonLat(lake.ends[0]), lonLat(lake.ends[1])],
    damCell: lake.damCell,
    damHeightM: lake.damHeightM,
    deadM: rounded(lake.levels.dead, 1),
    limitM: rounded(lake.levels.limit, 1),
    designM: rounded(lake.levels.design, 1),
    checkM: rounded(lake.levels.check, 1),
    crestM: rounded(lake.levels.crest, 1),
    limitMm3: rounded(lake.limitMm3, 3),
    totalMm3: rounded(lake.totalMm3, 3),
    catchmentKm2: rounded(lake.catchmentKm2, 2),
  }))
  return {
    grid,
    heightM: height,
    slopeDeg,
    receiver: flow.receiver,
    upstreamKm2: flow.areaKm2,
    aboveWaterM,
    water,
    floodPlain,
    inside,
    border: [...ring, ring[0]].map(lonLat),
    rivers: namedRivers(after, names, taken),
    reservoirs,
    peaks: summits(height, frame, inside, 3500, 40).map(cell => ({
      name: placeName(names, 'mountain', taken),
      cell,
    })),
  }
}

/** A decimal as one writes it, out of a value that had four bytes. */
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

function checkSize({ widthKm, heightKm }: Brief): void {
  const fits = (km: number) => km >= LEAST_KM && km <= MOST_KM
  if (fits(widthKm) && fits(heightKm)) return
  throw new Refusal(
    'county_size',
    422,
    {
      zh: `${widthKm}×${heightKm} 公里容不下一个县`,
      en: `A county does not fit ${widthKm}×${heightKm} km`,
    },
    {
      zh: `宽和高请在 ${LEAST_KM} 到 ${MOST_KM} 公里之间。`,
      en: `Width and height from ${LEAST_KM} to ${MOST_KM} km.`,
    },
  )
}

/** Even numbers of cells, so that the coarser rasters lie exactly over them. */
function frameOf(widthM: number, heightM: number): Frame {
  const cols = 4 * Math.round((widthM + 2 * MARGIN_M) / CELL_M / 4)
  const rows = 4 * Math.round((heightM + 2 * MARGIN_M) / CELL_M / 4)
  return { cols, rows, cellM: CELL_M, west: (-cols / 2) * CELL_M, north: (-rows / 2) * CELL_M }
}

function gridOf(frame: Frame, [lon, lat]: LonLat): Grid {
  const dLat = CELL_M / M_PER_DEG
  const dLon = CELL_M / (M_PER_DEG * Math.cos((lat * Math.PI) / 180))
  return {
    cols: frame.cols,
    rows: frame.rows,
    west: lon - (frame.cols / 2) * dLon,
    north: lat + (frame.rows / 2) * dLat,
    dLon,
    dLat,
  }
}

/** Lifts the whole so that the main river lies this high halfway through. */
function raiseTo(height: Float32Array, flow: Drainage, metres: number): void {
  let mouth = 0
  for (let i = 0; i < height.length; i++) if (flow.areaKm2[i] > flow.areaKm2[mouth]) mouth = i
  const beds: number[] = []
  const { receiver, areaKm2, downstream } = flow
  const stem = new Int32Array(height.length).fill(-1)
  for (const cell of downstream) {
    const to = receiver[cell]
    if (to >= 0 && (stem[to] < 0 || areaKm2[cell] > areaKm2[stem[to]])) stem[to] = cell
  }
  for (let cell = mouth; cell >= 0 && areaKm2[cell] > CHANNEL_KM2; cell = stem[cell]) beds.push(height[cell])
  const lift = metres - beds[Math.floor(beds.length / 2)]
  for (let i = 0; i < height.length; i++) height[i] += lift
}

/** The final drainage; yields the share done, from `done` on. */
function* drain(
  height: Float32Array,
  frame: Frame,
  outlet: Uint8Array,
  inflowKm2: Float32Array,
  flow: Drainage,
  done: number,
): Generator<number, void> {
  fillPits(height, frame.cols, outlet, 0, flow.receiver)
  yield done
  steepest(height, frame.cols, flow.receiver, 0, NO_CHANCE)
  yield done + 0.01
  accumulate(flow, (CELL_M * CELL_M) / 1e6, inflowKm2)
}
const NO_CHANCE = new Float32Array(1)
