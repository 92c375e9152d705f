import type { Ground } from './ground.ts'

/** A chord is worth a tunnel when it saves this much, in metres for each metre of it and in all. */
const SAVES = { share: 0.03, leastM: 25 }
const CHORD_M = { least: 300, most: 2400 }
/** Rock over a tunnel for most of its length; elsewhere the chord stays near the ground. */
const ROCK_M = 20
const NEAR_GROUND_M = 16
const STEP_M = 30
const SPACING_M = 60

/**
 * Cuts the bends of a grand line that go round a spur by the straight chord through it, which becomes a tunnel.
 * `isFree` says whether the line may pass a point under or on the ground.
 * @param x, y points of the line in metres, about evenly spaced
 */
export function cutSpurs(
  ground: Ground,
  x: readonly number[],
  y: readonly number[],
  isFree: (x: number, y: number) => boolean,
): { x: number[]; y: number[] } {
  const along = [0]
  for (let i = 1; i < x.length; i++) along.push(along[i - 1] + far(x[i] - x[i - 1], y[i] - y[i - 1]))
  const out = { x: [x[0]], y: [y[0]] }
  for (let i = 0; i < x.length - 1;) {
    const j = bestEnd(ground, x, y, along, i, isFree)
    if (j < 0) {
      i++
      out.x.push(x[i])
      out.y.push(y[i])
      continue
    }
    const n = Math.max(1, Math.round(far(x[j] - x[i], y[j] - y[i]) / SPACING_M))
    for (let k = 1; k <= n; k++) {
      out.x.push(x[i] + ((x[j] - x[i]) * k) / n)
      out.y.push(y[i] + ((y[j] - y[i]) * k) / n)
    }
    i = j
  }
  return out
}

/** The end of the chord from point i that saves most, or -1. */
function bestEnd(
  ground: Ground,
  x: readonly number[],
  y: readonly number[],
  along: readonly number[],
  i: number,
  isFree: (x: number, y: number) => boolean,
): number {
  let best = -1
  let most = 0
  for (let j = i + 4; j < x.length && along[j] - along[i] < 2 * CHORD_M.most; j++) {
    const chordM = far(x[j] - x[i], y[j] - y[i])
    if (chordM < CHORD_M.least || chordM > CHORD_M.most) continue
    const saved = along[j] - along[i] - chordM
    if (saved <= most || saved < SAVES.leastM || saved < SAVES.share * chordM) continue
    if (!piercesRock(ground, x[i], y[i], x[j], y[j], chordM, isFree)) continue
    best = j
    most = saved
  }
  return best
}

function piercesRock(
  ground: Ground,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  chordM: number,
  isFree: (x: number, y: number) => boolean,
): boolean {
  const [z0, z1] = [ground.height(x0, y0), ground.height(x1, y1)]
  if (Math.abs(z1 - z0) > 0.04 * chordM) return false
  const steps = Math.ceil(chordM / STEP_M)
  let rock = 0
  for (let k = 1; k < steps; k++) {
    const [px, py] = [x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps]
    const over = ground.height(px, py) - (z0 + ((z1 - z0) * k) / steps)
    if (over < -NEAR_GROUND_M) return false
    if (over > ROCK_M) rock++
    else if (!isFree(px, py)) return false
  }
  return rock > 0.4 * steps
}

const far = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy)
