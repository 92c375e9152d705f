import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Me } from '../../server/contract/accounts.ts'
import { GUEST, rightsOf, type Right } from '../../server/contract/viewer.ts'

/** Who sits at this screen and what he may do; the guest until the server has said. */
export const useViewer = defineStore('viewer', () => {
  const me = shallowRef<Me | null>(null)
  const viewer = computed(() => me.value?.viewer ?? GUEST)
  const rights = computed((): ReadonlySet<Right> => new Set(me.value?.rights ?? rightsOf(GUEST.role)))
  const may = (right: Right): boolean => rights.value.has(right)
  const set = (next: Me | null) => void (me.value = next)
  return { me, viewer, rights, may, set }
})
