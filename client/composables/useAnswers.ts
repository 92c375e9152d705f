import { onScopeDispose, watch } from 'vue'
import type { Deps } from '../deps.ts'
import { Superseded } from '../engine/client.ts'
import { useAnswer } from '../stores/answer.ts'
import { useCounty } from '../stores/county.ts'
import { BANDS, useSelection } from '../stores/selection.ts'
import { useSituation } from '../stores/situation.ts'
import { troubleOf } from '../trouble.ts'

/** Clock times age: the answer is made anew every so often while nothing else asks for it. */
const REFRESH_MS = 30_000

/**
 * Nobody presses "calculate": whatever the answer rests on is watched, and the worker is asked again.
 * While it computes, only the newest question waits.
 */
export function useAnswers(deps: Deps): void {
  const [county, selection, situation, answer] = [useCounty(), useSelection(), useSituation(), useAnswer()]
  const ignoreSuperseded = (error: unknown) => {
    if (!(error instanceof Superseded)) answer.trouble = troubleOf(error)
  }

  async function askPoint(): Promise<void> {
    if (!county.computing || !selection.at) return
    const { at, profile, team } = selection
    const nowIso = deps.now().toISOString()
    try {
      const got = await deps.engine.latest('point', { at, profile, minutes: BANDS, team, nowIso })
      if (selection.at === null) return
      answer.point = got
      answer.trouble = null
      answer.computedAt = nowIso
    } catch (error) {
      ignoreSuperseded(error)
      if (!(error instanceof Superseded)) answer.point = null
    }
  }

  async function askCoverage(): Promise<void> {
    if (!county.computing || !selection.coverage) return
    try {
      answer.coverage = await deps.engine.latest('coverage', { profile: selection.profile, minutes: BANDS })
    } catch (error) {
      ignoreSuperseded(error)
    }
  }

  async function shut(): Promise<void> {
    if (!county.computing) return
    const closures = situation.all.map(({ id, feature }) => ({ id, feature }))
    try {
      answer.closedRoads = await deps.engine.call('setClosures', closures)
      answer.shutIds = new Set(closures.map(c => c.id))
    } catch (error) {
      // Without its closures no circle is true: none is better than one too wide.
      ;[answer.point, answer.coverage, answer.trouble] = [null, null, troubleOf(error)]
      return
    }
    await Promise.all([askPoint(), askCoverage()])
  }

  async function reckon(): Promise<void> {
    if (!county.computing) return
    const { teams, settlements } = county
    await deps.engine.call('setReckoned', { teams, settlements })
    await Promise.all([askPoint(), askCoverage()])
  }

  watch([() => county.computing, () => situation.all], shut, { immediate: true })
  watch([() => county.teams, () => county.settlements], () => reckon().catch(ignoreSuperseded))
  watch([() => selection.at, () => selection.team, () => selection.profile], () => {
    if (!selection.at) [answer.point, answer.trouble] = [null, null]
    return askPoint()
  })
  watch([() => selection.coverage, () => selection.profile], () => {
    if (!selection.coverage) answer.coverage = null
    return askCoverage()
  })
  const timer = setInterval(askPoint, REFRESH_MS)
  onScopeDispose(() => clearInterval(timer))
}
