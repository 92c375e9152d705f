import { nextTick } from 'vue'
import type { Me } from '../../server/contract/accounts.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { useEntry } from '../stores/entry.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWorld } from '../stores/world.ts'
import { troubleOf, type Trouble } from '../trouble.ts'

/** Coming in and going out. Each verb gives what stood in its way; null when it is done. */
export function useSession() {
  const { api } = useDeps()
  const [entry, viewer, world, county] = [useEntry(), useViewer(), useWorld(), useCounty()]

  async function enter(asked: Promise<Me>): Promise<Trouble | null> {
    try {
      const me = await asked
      // Another person sits here now: nothing that the one before saw stays in memory.
      if (entry.seenBy !== null && entry.seenBy !== me.viewer.id) location.reload()
      viewer.set(me)
      entry.open(me.viewer)
      return null
    } catch (error) {
      return troubleOf(error)
    }
  }
  const attempt = async (asked: Promise<unknown>): Promise<Trouble | null> => {
    try {
      await asked
      return null
    } catch (error) {
      return troubleOf(error)
    }
  }

  /** Asks who sits here. Where the server knows nobody, or is away, `entry` and the desk say so. */
  async function look(): Promise<Trouble | null> {
    const trouble = await enter(api.me())
    if (trouble && trouble.code !== 'sign_in_needed' && entry.state === 'asking') entry.state = 'open'
    return trouble
  }

  /** Leaves nothing of the world behind, on the screen or in memory. */
  async function signOut(): Promise<Trouble | null> {
    const trouble = await attempt(api.signOut())
    if (trouble) return trouble
    entry.state = 'asking'
    entry.seenBy = null
    await nextTick()
    ;[world.world, county.data] = [null, null]
    viewer.set(null)
    location.replace(`/${location.search}`)
    return null
  }

  return {
    look,
    signIn: (username: string, password: string) => enter(api.signIn(username, password)),
    setUp: (by: Parameters<typeof api.setUp>[0]) => enter(api.setUp(by)),
    openFieldLink: (secret: string) => enter(api.openFieldLink(secret)),
    changePassword: (old: string, next: string) => attempt(api.changePassword(old, next)),
    signOut,
  }
}
