import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ClosureFeature, ClosureShape } from '../../server/contract/closure.ts'
import type { ClosureEntity } from '../../server/contract/commands.ts'
import { useWorld } from './world.ts'

/** A closure as the screen holds it. `local` = 假定测算 of this browser alone. */
export interface Closed {
  id: string
  feature: ClosureShape
  closedAt: string
  closedBy: string
  local: boolean
}
export type Pending = { id: string; verb: 'close' | 'open'; feature: ClosureFeature | null }

/** The roads that are shut: by the server's world, and as a what-if of this browser. */
export const useSituation = defineStore('situation', () => {
  const world = useWorld()
  const local = shallowRef<readonly Closed[]>([])
  const sent = shallowRef<readonly Pending[]>([])

  // By the map itself: changes of anything else leave the closures, and all that rests on them, alone.
  const held = computed(() => world.world?.kinds.get('closure'))
  const inForce = computed((): readonly Closed[] =>
    ([...(held.value?.values() ?? [])] as ClosureEntity[]).map(({ id, feature, closedAt, closedBy }) => {
      return { id, feature, closedAt, closedBy, local: false }
    }),
  )
  const all = computed(() => [...inForce.value, ...local.value])
  /** What was sent and has not come back as a change yet. */
  const pending = computed(() =>
    sent.value.filter(({ id, verb }) => (verb === 'close') !== !!held.value?.has(id)),
  )
  const pendingIds = computed(() => new Set(pending.value.map(p => p.id)))

  const expect = (p: Pending) => (sent.value = [...pending.value, p])
  const fail = (id: string) => (sent.value = sent.value.filter(p => p.id !== id))
  const closeHere = (c: Closed) => (local.value = [...local.value, c])
  const openHere = (id: string) => (local.value = local.value.filter(c => c.id !== id))

  return { inForce, local, pending, all, pendingIds, expect, fail, closeHere, openHere }
})
