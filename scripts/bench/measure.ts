/** The same numbers 0 ≤ x < 1 on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Median milliseconds of `runs` calls after `warm` uncounted ones; `run` is told which call it is. */
export function medianMs(run: (i: number) => unknown, runs = 25, warm = 8): number {
  const times: number[] = []
  for (let i = 0; i < warm + runs; i++) {
    const start = performance.now()
    run(i)
    if (i >= warm) times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1]!
}
