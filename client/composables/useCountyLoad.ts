import { onScopeDispose, watch } from 'vue'
import type { CountyData } from '../../server/contract/county.ts'
import type { Deps } from '../deps.ts'
import { followRoom } from '../live/follow.ts'
import { openShared } from '../live/shared.ts'
import { useConnection } from '../stores/connection.ts'
import { useCounty } from '../stores/county.ts'
import { useEntry } from '../stores/entry.ts'
import { useNotice } from '../stores/notice.ts'
import { usePresence } from '../stores/presence.ts'
import { useWorld } from '../stores/world.ts'
import { troubleOf } from '../trouble.ts'

const RETRY_MS = 3000

/** Opens one county: its data, its roads into the worker, its situation and the stream of its changes. */
export function useCountyLoad(deps: Deps, follow = followRoom) {
  const [county, world, connection, notice] = [useCounty(), useWorld(), useConnection(), useNotice()]

  const [entry, presence] = [useEntry(), usePresence()]
  let stop: (() => void) | undefined
  onScopeDispose(() => stop?.(), true)
  // The line that a session's end cut off is taken up at once by the next one.
  watch(
    () => entry.times,
    () => {
      if (county.state === 'ready' && county.data) followCounty(county.data.county.id)
    },
  )

  let loading = false
  async function loadRoads({ county: c }: CountyData): Promise<void> {
    if (loading || county.computing) return
    loading = true
    try {
      await fetchRoads(c.id)
    } finally {
      loading = false
    }
  }

  async function fetchRoads(id: string): Promise<void> {
    const graph = await deps.api.roadsGraph(id)
    // Both as they stand when the roads are here, not as they were imported.
    const { settlements, teams } = county
    await deps.engine.call('load', { room: id, graph, settlements, teams }, [graph])
    county.computing = true
  }

  function followCounty(id: string): void {
    stop?.()
    stop = follow({
      url: () => deps.api.streamUrl(id, world.lastEventId),
      // What one person may see is not another's, though both use this browser.
      open: url => openShared(`${id} ${entry.eyes}`, url, () => world.lastEventId),
      onPresence: presence.set,
      onWritable: held => (connection.refusing = held),
      onChanges: world.apply,
      fetchWorld: async () => {
        world.replace(await deps.api.world(id))
        return { seq: world.seq }
      },
      onTrouble: error => notice.complain(troubleOf(error)),
      onState: state => {
        connection.set(state, deps.now())
        // A stream does not say why it broke off: an ended session shows in any other answer.
        if (state === 'away' && entry.state === 'open') deps.api.me().catch(() => {})
        if (state === 'live' && county.data && !county.computing)
          loadRoads(county.data).catch(e => notice.complain(troubleOf(e)))
      },
    })
  }

  async function open(wanted: string | null): Promise<void> {
    try {
      const { counties } = await deps.api.counties()
      county.list = counties
      const chosen = counties.find(c => c.id === wanted) ?? counties[0]
      if (!chosen) {
        county.state = 'none'
        // An import may be under way: the page fills by itself when it is done.
        setTimeout(() => void open(wanted), RETRY_MS)
        return
      }
      const [data, text] = await Promise.all([deps.api.county(chosen.id), deps.api.world(chosen.id)])
      county.data = data
      world.replace(text)
      county.state = 'ready'
      followCounty(chosen.id)
      await loadRoads(county.data)
    } catch (error) {
      county.trouble = troubleOf(error)
      if (county.state === 'ready') notice.complain(county.trouble)
      else county.state = 'failed'
    }
  }
  return { open }
}
