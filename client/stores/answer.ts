import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { OutsidePlace } from '../../server/contract/api.ts'
import type { ClosedRoads, CoverageAnswer, PointAnswer } from '../engine/protocol.ts'
import type { Trouble } from '../trouble.ts'
import { useSelection } from './selection.ts'

export type Outside = OutsidePlace & { fresh: boolean }

/** A place is newly outside when it lay inside with every road open. */
export function markFresh(now: readonly OutsidePlace[], before: readonly OutsidePlace[] | null): Outside[] {
  const was = before && new Set(before.map(p => p.id))
  return now.map(p => ({ ...p, fresh: was ? !was.has(p.id) : false }))
}

/** What was computed last: for the point, for the county, and the roads that are shut. */
export const useAnswer = defineStore('answer', () => {
  const selection = useSelection()
  const point = shallowRef<PointAnswer | null>(null)
  const coverage = shallowRef<CoverageAnswer | null>(null)
  const closedRoads = shallowRef<ClosedRoads>({ type: 'FeatureCollection', features: [] })
  /** Closures the roads were computed with, whether they shut anything or not. */
  const shutIds = shallowRef<ReadonlySet<string>>(new Set())
  /** Why there is no answer for the point. */
  const trouble = shallowRef<Trouble | null>(null)
  const computedAt = ref('')

  /** The circles on the map: the county's while the switch is on, else the point's. */
  const shown = computed(() => (selection.coverage ? coverage.value : point.value))
  const outside = computed(() =>
    shown.value ? markFresh(shown.value.circles.outside, shown.value.outsideBefore) : [],
  )

  return { point, coverage, closedRoads, shutIds, trouble, computedAt, shown, outside }
})
