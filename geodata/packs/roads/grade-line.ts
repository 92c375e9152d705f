import { CLASS_RULES } from './classes.ts'
import { isTrace } from './cross.ts'
import type { Ground } from './ground.ts'
import { alongOf } from './levels.ts'
import type { Line, Mesh } from './mesh.ts'

/** In every round those of the points go that ask for nearly the most earth. */
const NEARLY = 0.85
/** A ridge this high above the feet that lie this far before and behind is bored through. */
const RIDGE = { highM: 30, halvesM: [150, 300, 600, 900, 1200] }

/**
 * By how many metres a road lies above the ground at each of its points, no steeper than its class. Where that
 * asks for more than earthworks the ground is let go, the worst of it first, until the rest fits: what is let go
 * needs a bridge or a tunnel, and that is as little as may be. A motorway or a railway does not climb over a narrow
 * ridge at its steepest to save a tunnel, so that ground is let go from the beginning.
 */
export function offGround(ground: Ground, { x, y }: Pick<Mesh, 'x' | 'y'>, line: Line): number[] {
  const { points, rank } = line
  const { grade, earthM } = CLASS_RULES[rank]
  const along = alongOf({ x, y }, points)
  const here = points.map(p => ground.height(x[p], y[p]))
  const all = points.map((_, i) => i)
  let kept = isTrace(rank) ? all.filter(i => !onRidge(i, here, along, grade)) : all
  for (;;) {
    const wanted = gradeLine(kept, here, along, grade)
    const off = kept.map((i, k) => Math.abs(wanted[k] - here[i]))
    const worst = off.reduce((most, one) => Math.max(most, one), 0)
    if (worst <= earthM) return between(kept, wanted, along).map((height, i) => height - here[i])
    kept = kept.filter((_, k) => off[k] < worst * NEARLY)
  }
}

/** Half way between the highest line below the kept ground and the lowest above it that climb no faster. */
function gradeLine(kept: number[], here: number[], along: number[], grade: number): number[] {
  const high = kept.map(i => here[i])
  const low = [...high]
  const rise = (k: number): number => grade * (along[kept[k]] - along[kept[k - 1]])
  for (let k = 1; k < kept.length; k++) {
    high[k] = Math.min(high[k], high[k - 1] + rise(k))
    low[k] = Math.max(low[k], low[k - 1] - rise(k))
  }
  for (let k = kept.length - 1; k > 0; k--) {
    high[k - 1] = Math.min(high[k - 1], high[k] + rise(k))
    low[k - 1] = Math.max(low[k - 1], low[k] - rise(k))
  }
  return high.map((value, k) => (value + low[k]) / 2)
}

function onRidge(i: number, here: number[], along: number[], grade: number): boolean {
  const end = along[along.length - 1]
  return RIDGE.halvesM.some(half => {
    if (along[i] < half || along[i] + half > end) return false
    const [before, behind] = [heightAt(along[i] - half, here, along), heightAt(along[i] + half, here, along)]
    return here[i] - (before + behind) / 2 > RIDGE.highM && Math.abs(before - behind) < 2 * half * grade
  })
}

/** The ground at some metres along, straight from point to point. */
function heightAt(metres: number, here: number[], along: number[]): number {
  let [low, high] = [0, along.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (along[middle] <= metres) low = middle
    else high = middle
  }
  const length = along[high] - along[low]
  return here[low] + (length > 0 ? ((here[high] - here[low]) * (metres - along[low])) / length : 0)
}

/** Heights at every point out of those at the kept ones. */
function between(kept: number[], heights: number[], along: number[]): number[] {
  let k = 0
  return along.map((at, i) => {
    while (k + 1 < kept.length && kept[k + 1] <= i) k++
    const next = Math.min(k + 1, kept.length - 1)
    const [a, b] = [along[kept[k]], along[kept[next]]]
    const t = b > a ? Math.max(0, Math.min(1, (at - a) / (b - a))) : 0
    return heights[k] + (heights[next] - heights[k]) * t
  })
}
