import { Random } from '../random.ts'
import { fbm, noise, ridges, smoothstep } from '../noise.ts'

/** What the earth's crust gives before water works on it; places in metres from the county's centre, y south. */
export interface Tectonics {
  /** Downstream direction of the main valley. */
  axis: [number, number]
  /** Main river's catchment where it enters, km². */
  inflowKm2: number
  /** Where the main valley runs: metres to the right of the axis at `along` metres downstream of the middle. */
  valleyOffset(along: number): number
  /** Along the axis and away from the valley's middle line. */
  valleyFrame(x: number, y: number): { along: number; away: number }
  /**
   * Steepness of a stream that drains 1 km² when uplift and erosion balance (k_s of Flint's law, S = k_s·A^-0.5):
   * uplift over erodibility.
   */
  steepness(x: number, y: number): number
  /** Steepest slope (a tangent) that the rock bears. */
  strength(x: number, y: number): number
  /** 1 in the sunken basins that rivers fill with gravel, 0 outside. */
  basin(x: number, y: number): number
  /** Height to begin with. */
  start(x: number, y: number): number
}

export function tectonics(seed: number, widthM: number, heightM: number): Tectonics {
  const random = new Random(seed, 'tectonics')
  const size = Math.sqrt(widthM * heightM)
  const scale = Math.min(1.3, Math.max(0.55, size / 42_400))
  // Along the longer side more or less, so that the river has room.
  const lean = random.between(-0.5, 0.5)
  const turn = (widthM >= heightM ? 0 : Math.PI / 2) + (random.next() < 0.5 ? Math.PI : 0) + lean
  const axis: [number, number] = [Math.cos(turn), Math.sin(turn)]
  const strike = turn + (random.next() < 0.5 ? -1 : 1) * random.between(0.2, 0.75)
  const [sx, sy] = [Math.cos(strike), Math.sin(strike)]
  const inflowKm2 = random.between(900, 2200)
  const salt = random.whole(0, 2 ** 30)

  const bend = (along: number) =>
    noise(salt + 1, along / (0.42 * size), 0.5) * 0.13 * size + noise(salt + 2, along / 5200, 0.5) * 900
  const shift = bend(0) + random.between(-0.06, 0.06) * size
  const valleyOffset = (along: number) => bend(along) - shift
  const middle = random.between(-0.08, 0.08) * size
  const basins = [
    { at: middle, half: 9500 * scale, width: 3100 * scale },
    { at: middle - random.between(0.36, 0.42) * size, half: 4200 * scale, width: 1500 * scale },
    { at: middle + random.between(0.36, 0.42) * size, half: 4200 * scale, width: 1300 * scale },
  ]
  const valleyFrame = (x: number, y: number) => {
    const along = x * axis[0] + y * axis[1]
    return { along, away: -x * axis[1] + y * axis[0] - valleyOffset(along) }
  }
  /** Distance from the valley's line in widths of the basin there; below 1 within it. */
  const fromBasin = (x: number, y: number) => {
    const { along, away } = valleyFrame(x, y)
    let width = 260
    for (const b of basins) {
      const t = (along - b.at) / b.half
      if (t > -1 && t < 1) width = Math.max(width, b.width * Math.sqrt(1 - t * t))
    }
    const wobble = 1 + 0.55 * fbm(salt + 3, x / 4200, y / 4200, 3)
    return { distance: Math.abs(away) / (width * wobble), width, away: Math.abs(away) }
  }
  const basin = (x: number, y: number) => {
    const { distance, width } = fromBasin(x, y)
    return smoothstep(1.15, 0.75, distance) * smoothstep(300, 1100, width)
  }
  return {
    axis,
    inflowKm2,
    valleyOffset,
    valleyFrame,
    basin,
    steepness(x, y) {
      const { distance, away } = fromBasin(x, y)
      const along = x * sx + y * sy
      const across = -x * sy + y * sx
      const bent = across + 1800 * noise(salt + 4, along / 9000, across / 9000)
      const range = ridges(salt + 5, along / (17_000 * scale), bent / (6800 * scale), 2)
      const rock = 1 + 0.7 * fbm(salt + 6, along / 5200, bent / 1500, 3)
      // Crushed rock along faults, where streams find their way.
      const fault = Math.abs(noise(salt + 9, x / (11_000 * scale), y / (11_000 * scale)))
      const crushed = 1 - 0.65 * smoothstep(0.09, 0, fault)
      // High country on one side, hills on the other.
      const region =
        0.5 + 1.05 * smoothstep(-0.35, 0.45, noise(salt + 10, x / (24_000 * scale), y / (24_000 * scale)))
      const far = smoothstep(0, 0.26 * size, away)
      const mountains = (0.035 + 0.09 * far) * (0.4 + 1.6 * range) * rock * crushed * region
      return Math.max(0.012, mountains * smoothstep(0.7, 2.1, distance) + 0.014)
    },
    strength(x, y) {
      return 0.56 + 0.2 * fbm(salt + 7, x / 2600, y / 2600, 2)
    },
    start(x, y) {
      const { along, away } = valleyFrame(x, y)
      return 400 - 0.0035 * along + 0.012 * Math.abs(away) + 190 * fbm(salt + 8, x / 8000, y / 8000, 6)
    },
  }
}
