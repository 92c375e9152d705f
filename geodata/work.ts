/**
 * A long computation that yields the fraction done (0–1) as it goes, so that whoever drives it can draw a
 * bar and let a signal in. The value it returns is the result.
 */
export type Work<T> = Generator<number, T, void>

/** Runs it to its end without a pause. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
