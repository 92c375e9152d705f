import type { ClosureFeature } from '../../server/contract/closure.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { useNotice } from '../stores/notice.ts'
import { useSituation } from '../stores/situation.ts'
import { troubleOf } from '../trouble.ts'
import { useClosesHere } from './useMayClose.ts'

/** Closing and opening roads: through the server; else as a what-if of this browser alone. */
export function useClosures() {
  const { api, engine, now, newId } = useDeps()
  const [county, situation, notice] = [useCounty(), useSituation(), useNotice()]
  const closesHere = useClosesHere()

  async function close(feature: ClosureFeature): Promise<boolean> {
    const id = newId()
    try {
      const { edges } = await engine.call('checkClosure', feature)
      if (closesHere.value) {
        situation.closeHere({ id, feature, closedAt: now().toISOString(), closedBy: '', local: true })
      } else {
        situation.expect({ id, verb: 'close', feature })
        await api.close(county.county!.id, { key: id, id, feature })
      }
      notice.tell({
        zh: `断路 ${edges} 段`,
        en: `${edges} road ${edges === 1 ? 'section' : 'sections'} closed`,
      })
      return true
    } catch (error) {
      situation.fail(id)
      notice.complain(troubleOf(error))
      return false
    }
  }

  async function open(id: string): Promise<void> {
    notice.clear()
    if (situation.local.some(c => c.id === id)) return void situation.openHere(id)
    situation.expect({ id, verb: 'open', feature: null })
    try {
      await api.open(county.county!.id, id)
    } catch (error) {
      situation.fail(id)
      notice.complain(troubleOf(error))
    }
  }
  /** A what-if handed to the server once that can be. */
  async function adopt(id: string): Promise<void> {
    const what = situation.local.find(c => c.id === id)
    if (!what || closesHere.value) return
    situation.openHere(id)
    const { geometry, properties } = what.feature
    if (!(await close({ type: 'Feature', geometry, properties }))) situation.closeHere(what)
  }
  return { close, open, adopt }
}
