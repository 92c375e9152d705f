/** Who is told of each value. One that throws is dropped and does not keep it from the others. */
export interface Subscribers<T> {
  add(tell: (value: T) => void): () => void
  tell(value: T): void
  readonly size: number
}

export function createSubscribers<T>(): Subscribers<T> {
  const all = new Set<(value: T) => void>()
  return {
    add: tell => {
      // A wrapper of its own, so that adding one function twice is two subscriptions.
      const own = (value: T) => tell(value)
      all.add(own)
      return () => void all.delete(own)
    },
    tell: value => {
      for (const own of all) {
        try {
          own(value)
        } catch (e) {
          all.delete(own)
          console.error(e)
        }
      }
    },
    get size() {
      return all.size
    },
  }
}
