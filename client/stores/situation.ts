import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Change } from '../../server/contract/change.ts'
import type { ClosureFeature, ClosureShape } from '../../server/contract/closure.ts'
import type { ClosureEntity } from '../../server/contract/commands.ts'
import type { ClosureList } from '../api.ts'

/** A closure as the screen holds it. `local` = 假定测算 of this browser alone. */
export interface Closed {
  id: string
  feature: ClosureShape
  closedAt: string
  closedBy: string
  local: boolean
}
export type Pending = { id: string; verb: 'close' | 'open'; feature: ClosureFeature | null }

export const useSituation = defineStore('situation', () => {
  const seq = shallowRef(-1)
  const inForce = shallowRef<readonly Closed[]>([])
  const local = shallowRef<readonly Closed[]>([])
  const pending = shallowRef<readonly Pending[]>([])

  const all = computed(() => [...inForce.value, ...local.value])
  const pendingIds = computed(() => new Set(pending.value.map(p => p.id)))

  const settle = (ids: Set<string>) => (pending.value = pending.value.filter(p => !ids.has(p.id)))

  function replace(list: ClosureList): void {
    if (list.seq < seq.value) return
    seq.value = list.seq
    inForce.value = list.features.map(({ id, geometry, properties }) => {
      // What the server adds is not the shape: left in, every list would look like other closures.
      const { id: _id, rev: _rev, closedAt, closedBy, ...rest } = properties
      return { id, feature: { geometry, properties: rest }, closedAt, closedBy, local: false }
    })
    const shut = new Set(inForce.value.map(c => c.id))
    pending.value = pending.value.filter(p => (p.verb === 'close') !== shut.has(p.id))
  }

  /** After a break nothing is taken for known: the next list counts, whatever its seq. */
  const forget = () => (seq.value = -1)

  /** Folds one change in; false when some are missing and the list must be fetched. */
  function apply(change: Change): boolean {
    if (seq.value >= 0 && change.seq <= seq.value) return true
    if (change.seq !== seq.value + 1) return false
    seq.value = change.seq
    const dropped = new Set(change.drop.filter(d => d.kind === 'closure').map(d => d.id))
    const put = change.put.filter(e => e.kind === 'closure') as unknown as ClosureEntity[]
    const touched = new Set([...dropped, ...put.map(e => e.id)])
    inForce.value = [
      ...inForce.value.filter(c => !touched.has(c.id)),
      ...put.map(({ id, feature, closedAt, closedBy }) => ({
        id,
        feature,
        closedAt,
        closedBy,
        local: false,
      })),
    ]
    settle(touched)
    return true
  }

  const expect = (p: Pending) => (pending.value = [...pending.value, p])
  const fail = (id: string) => settle(new Set([id]))
  const closeHere = (c: Closed) => (local.value = [...local.value, c])
  const openHere = (id: string) => (local.value = local.value.filter(c => c.id !== id))

  return {
    seq,
    inForce,
    local,
    pending,
    all,
    pendingIds,
    replace,
    apply,
    forget,
    expect,
    fail,
    closeHere,
    openHere,
  }
})
