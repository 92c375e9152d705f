import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** What stands below the map: a register as a table, or the findings on the quality of the data. */
export type BelowMap = { view: 'table'; register: string } | { view: 'quality' }
const KEPT = 'fengtu.mapShare'
const [LEAST, MOST] = [0.2, 0.75]

export const useBelowMap = defineStore('belowMap', () => {
  const open = shallowRef<BelowMap | null>(null)
  const kept = Number(globalThis.localStorage?.getItem(KEPT))
  /** The map's share of the height while something stands below it. */
  const share = ref(kept >= LEAST && kept <= MOST ? kept : 0.45)

  const table = (register: string) => void (open.value = { view: 'table', register })
  const quality = () => void (open.value = { view: 'quality' })
  const close = () => void (open.value = null)
  function divide(next: number): void {
    share.value = Math.min(MOST, Math.max(LEAST, next))
    globalThis.localStorage?.setItem(KEPT, share.value.toFixed(3))
  }
  return { open, share, table, quality, close, divide }
})
