/** The instant as the journal writes it, so that texts compare as instants do. @throws RangeError when it is none */
export function instantOf(at: string): string {
  return new Date(at).toISOString()
}

/**
 * The last seq up to `head` whose `at` is not after the instant, 0 = none. `atOf(seq)` tells the `at` of the
 * newest change up to seq. No change is earlier than the one before it, so that it is found by halving.
 */
export async function lastSeqAt(
  head: number,
  instant: string,
  atOf: (seq: number) => string | undefined | Promise<string | undefined>,
): Promise<number> {
  let [low, high] = [0, head]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (((await atOf(middle)) ?? '') <= instant) low = middle
    else high = middle - 1
  }
  return low
}
