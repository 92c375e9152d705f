/** How a session stands: what its viewer may see and do, as text, and when it ends by itself. */
interface Standing {
  print: string
  endsAt: number
}

interface Watched {
  id: string
  /** What it was when it came; undefined until it has been looked at. */
  print: string | undefined
  endsAt: number
  ended: () => void
}

/**
 * Tells each listener once when its session has ended or its viewer is no longer what it was: who listens on
 * a session's behalf stops, and comes back to be looked at anew.
 */
export function createWatch(standingOf: (session: string) => Promise<Standing | null>) {
  const watched = new Set<Watched>()

  async function check(entry: Watched): Promise<void> {
    const standing = await standingOf(entry.id)
    entry.print ??= standing?.print
    if (standing && standing.print === entry.print) {
      entry.endsAt = standing.endsAt
      return
    }
    if (watched.delete(entry)) entry.ended()
  }

  return {
    /** Of a session that is over already `ended` is called soon, never before this returns. @returns how to stop */
    add(id: string, ended: () => void, print?: string): () => void {
      const entry: Watched = { id, ended, print, endsAt: Infinity }
      watched.add(entry)
      // A database that does not answer ends nobody's listening; the next check asks again.
      check(entry).catch(() => (entry.endsAt = -Infinity))
      return () => void watched.delete(entry)
    },
    async checkAll(): Promise<void> {
      await Promise.all([...watched].map(check))
    },
    async checkEnded(nowMs: number): Promise<void> {
      await Promise.all([...watched].filter(({ endsAt }) => endsAt <= nowMs).map(check))
    },
  }
}
