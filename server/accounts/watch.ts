/** How a session stands: what its viewer may see and do, as text, and when it ends by itself. */
interface Standing {
  print: string
  endsAt: number
}

interface Watched extends Standing {
  id: string
  ended: () => void
}

/**
 * Tells each listener once when its session has ended or its viewer is no longer what it was: who listens on
 * a session's behalf stops, and comes back to be looked at anew.
 */
export function createWatch(standingOf: (session: string) => Standing | null) {
  const watched = new Set<Watched>()

  function check(entry: Watched): void {
    const standing = standingOf(entry.id)
    if (standing?.print === entry.print) {
      entry.endsAt = standing.endsAt
      return
    }
    if (watched.delete(entry)) entry.ended()
  }

  return {
    /** Of a session that is over already `ended` is called soon, never before this returns. @returns how to stop */
    add(id: string, ended: () => void): () => void {
      const standing = standingOf(id)
      if (!standing) {
        queueMicrotask(ended)
        return () => {}
      }
      const entry = { id, ended, ...standing }
      watched.add(entry)
      return () => void watched.delete(entry)
    },
    checkAll(): void {
      for (const entry of watched) check(entry)
    },
    checkEnded(nowMs: number): void {
      for (const entry of watched) if (entry.endsAt <= nowMs) check(entry)
    },
  }
}
