import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { County, CountyData } from '../../server/contract/county.ts'
import { areaBbox, type Bbox } from '../../server/contract/geo.ts'
import type { Team } from '../../server/contract/entities.ts'
import type { Entity } from '../../server/contract/change.ts'
import { recordOf } from '../../server/contract/registers/entity.ts'
import type { RecordEntity } from '../../server/contract/registers/entity.ts'
import { settlementsNow, teamsNow } from '../../server/contract/registers/reckoned.ts'
import type { Trouble } from '../trouble.ts'
import { useWorld } from './world.ts'

export type CountyState = 'loading' | 'none' | 'ready' | 'failed'

export const useCounty = defineStore('county', () => {
  const state = ref<CountyState>('loading')
  const list = shallowRef<County[]>([])
  const data = shallowRef<CountyData | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  /** Whether the worker holds the graph. */
  const computing = ref(false)

  const county = computed(() => data.value?.county ?? null)
  /** The box round the border; round the roads where no border is known. */
  const extent = computed((): Bbox | null => {
    const border = data.value?.border
    return border ? areaBbox(border) : (county.value?.bbox ?? null)
  })
  const timeZone = computed(() => county.value?.timeZone)

  const world = useWorld()
  const rowsOf = (held: ReadonlyMap<string, Entity> | undefined) =>
    [...(held?.values() ?? [])].map(entity => recordOf(entity as RecordEntity))
  // By the maps themselves: a change of anything else leaves these alone, and all that is computed from them.
  const teamRows = computed(() => world.world?.kinds.get('teams'))
  const villageRows = computed(() => world.world?.kinds.get('villages'))
  /** Who can be sent and where people live, as the registers stand now. */
  const teams = computed(() => teamsNow(data.value?.teams ?? [], rowsOf(teamRows.value)))
  const settlements = computed(() => settlementsNow(data.value?.settlements ?? [], rowsOf(villageRows.value)))
  const teamById = computed(() => new Map<string, Team>(teams.value.map(t => [t.id, t])))
  const settlementById = computed(() => new Map(settlements.value.map(s => [s.id, s])))

  return {
    state,
    list,
    data,
    trouble,
    computing,
    county,
    extent,
    timeZone,
    teams,
    settlements,
    teamById,
    settlementById,
  }
})
