/** A river's bed at a gauge, as wide and steep as rivers of its catchment are. */
export interface Channel {
  widthM: number
  slope: number
}

/** Manning's n of a gravel bed. */
const ROUGHNESS = 0.035

/** Width by catchment, 3.2·√A^(3/4): 3 m for 1 km², 18 m for 100 km², 43 m for 1,000 km². */
export function channelOf(km2: number, slope: number): Channel {
  const root = Math.sqrt(Math.max(0.1, km2))
  const widthM = 3.2 * Math.sqrt(root) * Math.sqrt(Math.sqrt(root))
  return { widthM, slope: Math.max(0.0008, Math.min(0.05, slope)) }
}

/** Depth in m at a flow in m³/s, wide rectangular bed (Manning): Q = b·h^(5/3)·√S / n, solved by halving. */
export function depthM({ widthM, slope }: Channel, flowM3s: number): number {
  const wanted = (flowM3s * ROUGHNESS) / (widthM * Math.sqrt(slope))
  let [low, high] = [0, 30]
  for (let i = 0; i < 40; i++) {
    const h = (low + high) / 2
    if (h * Math.cbrt(h * h) < wanted) low = h
    else high = h
  }
  return (low + high) / 2
}

/** The flow that fills the bed, m³/s: of the order of a flood every second year, 1.1·A^(3/4). */
export function bankfullM3s(km2: number): number {
  const root = Math.sqrt(km2)
  return 1.1 * root * Math.sqrt(root)
}
