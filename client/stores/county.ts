import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { County, CountyData } from '../../server/contract/county.ts'
import type { Team } from '../../server/contract/entities.ts'
import type { Trouble } from '../trouble.ts'

export type CountyState = 'loading' | 'none' | 'ready' | 'failed'

export const useCounty = defineStore('county', () => {
  const state = ref<CountyState>('loading')
  const list = shallowRef<County[]>([])
  const data = shallowRef<CountyData | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  /** Whether the worker holds the graph. */
  const computing = ref(false)

  const county = computed(() => data.value?.county ?? null)
  const timeZone = computed(() => county.value?.timeZone)
  const teamById = computed(() => new Map<string, Team>(data.value?.teams.map(t => [t.id, t])))
  const settlementById = computed(() => new Map(data.value?.settlements.map(s => [s.id, s])))

  return { state, list, data, trouble, computing, county, timeZone, teamById, settlementById }
})
