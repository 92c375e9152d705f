import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ViewedChange } from '../../server/contract/change.ts'
import { applyChanges, unflatten } from '../../server/contract/world.ts'
import type { World, WorldText } from '../../server/contract/world.ts'

/** The situation as the server has it, folded from its changes. Nothing here writes it. */
export const useWorld = defineStore('world', () => {
  const world = shallowRef<World | null>(null)
  const epoch = shallowRef('')
  const seq = computed(() => world.value?.seq ?? -1)
  /** Where a stream goes on from. */
  const lastEventId = computed(() => (world.value ? `${epoch.value}-${world.value.seq}` : null))

  /** Takes the whole in; one older than what is here, of the same epoch, is left. */
  function replace({ epoch: from, ...text }: WorldText & { epoch: string }): void {
    if (from === epoch.value && text.seq < seq.value) return
    epoch.value = from
    world.value = unflatten(text)
  }

  /** Folds changes in, those known already left out; false when some are missing and the whole must be fetched. */
  function apply(changes: readonly ViewedChange[]): boolean {
    const before = world.value
    if (!before) return false
    try {
      world.value = applyChanges(
        before,
        changes.filter(change => change.seq > before.seq),
      )
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }
  return { world, epoch, seq, lastEventId, replace, apply }
})
