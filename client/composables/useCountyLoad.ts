import type { CountyData } from '../../server/contract/county.ts'
import type { Deps } from '../deps.ts'
import { followChanges } from '../live.ts'
import { useConnection } from '../stores/connection.ts'
import { useCounty } from '../stores/county.ts'
import { useNotice } from '../stores/notice.ts'
import { useSituation } from '../stores/situation.ts'
import { troubleOf } from '../trouble.ts'

const RETRY_MS = 3000

/** Opens one county: its data, its roads into the worker, its closures and the stream of their changes. */
export function useCountyLoad(deps: Deps, follow = followChanges) {
  const [county, situation, connection, notice] = [useCounty(), useSituation(), useConnection(), useNotice()]

  let loading = false
  async function loadRoads({ county: c, settlements, teams }: CountyData): Promise<void> {
    if (loading || county.computing) return
    loading = true
    try {
      await fetchRoads(c.id, settlements, teams)
    } finally {
      loading = false
    }
  }

  async function fetchRoads(
    id: string,
    settlements: CountyData['settlements'],
    teams: CountyData['teams'],
  ): Promise<void> {
    const graph = await deps.api.roadsGraph(id)
    await deps.engine.call('load', { room: id, graph, settlements, teams }, [graph])
    county.computing = true
  }

  function followClosures(id: string): () => void {
    // Until the list is there the closures shown are of no known time: ask until it comes.
    const refetch = (): void =>
      void deps.api.closures(id).then(situation.replace, e => {
        notice.complain(troubleOf(e))
        if (connection.state === 'live') setTimeout(refetch, RETRY_MS)
      })
    return follow({
      url: deps.api.streamUrl(id),
      onChange: change => void (situation.apply(change) || refetch()),
      onOpen: () => {
        situation.forget()
        refetch()
        if (county.data && !county.computing) {
          loadRoads(county.data).catch(e => notice.complain(troubleOf(e)))
        }
      },
      onRefetch: refetch,
      onState: state => connection.set(state, deps.now()),
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
      county.data = await deps.api.county(chosen.id)
      county.state = 'ready'
      followClosures(chosen.id)
      await loadRoads(county.data)
    } catch (error) {
      county.trouble = troubleOf(error)
      if (county.state === 'ready') notice.complain(county.trouble)
      else county.state = 'failed'
    }
  }
  return { open }
}
