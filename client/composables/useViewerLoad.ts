import { watch } from 'vue'
import type { Deps } from '../deps.ts'
import { useConnection } from '../stores/connection.ts'
import { useViewer } from '../stores/viewer.ts'
import { troubleOf } from '../trouble.ts'

/** Asks who sits here: at first, and again each time the server is back, for it may have ended the session. */
export function useViewerLoad({ api }: Pick<Deps, 'api'>): void {
  const [viewer, connection] = [useViewer(), useConnection()]
  async function ask(): Promise<void> {
    try {
      viewer.set(await api.me())
    } catch (error) {
      // Where the server is away, whoever it was stays; where it knows nobody, it is the guest.
      if (troubleOf(error).code !== 'server_away') viewer.set(null)
    }
  }
  watch(
    () => connection.state,
    state => state !== 'away' && void ask(),
    { immediate: true },
  )
}
