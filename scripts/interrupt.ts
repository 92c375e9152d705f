/** A signal that Ctrl-C and SIGTERM abort, and the exit code that tells which. */
export function interruptible(): { signal: AbortSignal; code: () => number } {
  const stop = new AbortController()
  let code = 0
  for (const [name, exit] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    // The second time it goes at once; what is left behind is cleared by the next run.
    process.on(name, () => (stop.signal.aborted ? process.exit(exit) : stop.abort((code = exit))))
  }
  return { signal: stop.signal, code: () => code }
}
