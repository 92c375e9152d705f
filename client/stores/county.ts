import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { County, CountyData } from '../../server/contract/county.ts'
import type { Bbox } from '../../server/contract/geo.ts'
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
  /** The box round the border; round the roads where no border is known. */
  const extent = computed((): Bbox | null => {
    const border = data.value?.border
    if (!border) return county.value?.bbox ?? null
    const rings = (border.type === 'Polygon' ? [border.coordinates] : border.coordinates).map(p => p[0] ?? [])
    const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
    for (const [x, y] of rings.flat() as [number, number][]) {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    }
    return box
  })
  const timeZone = computed(() => county.value?.timeZone)
  const teamById = computed(() => new Map<string, Team>(data.value?.teams.map(t => [t.id, t])))
  const settlementById = computed(() => new Map(data.value?.settlements.map(s => [s.id, s])))

  return { state, list, data, trouble, computing, county, extent, timeZone, teamById, settlementById }
})
