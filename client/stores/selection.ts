import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ClosureKind } from '../../server/contract/closure.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import type { ProfileName } from '../../server/contract/settings.ts'

/** What a click on the map means now. */
export type Tool = 'point' | 'road' | 'area' | 'place' | 'line'
export type Tab = 'teams' | 'outside' | 'closures' | 'registers'

export const BANDS = [15, 30, 60]

export const useSelection = defineStore('selection', () => {
  const at = shallowRef<LonLat | null>(null)
  const profile = ref<ProfileName>('heavy')
  /** The team whose way is drawn; null = the first to arrive. */
  const team = ref<string | null>(null)
  const coverage = ref(false)
  const tool = ref<Tool>('point')
  const kind = ref<ClosureKind>('flood')
  const tab = ref<Tab>('teams')

  function setPoint(next: LonLat | null): void {
    at.value = next && [Number(next[0].toFixed(6)), Number(next[1].toFixed(6))]
    if (!next) team.value = null
  }
  /** One step back: the tool first, then the team, then the point, then the coverage. */
  function back(): void {
    if (tool.value !== 'point') tool.value = 'point'
    else if (team.value) team.value = null
    else if (at.value) setPoint(null)
    else coverage.value = false
  }
  return { at, profile, team, coverage, tool, kind, tab, setPoint, back }
})
