import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'

export interface Camera {
  center: LonLat
  zoom: number
}

/** How the map is drawn: by night on the screen, or as a sheet of paper to be printed and carried. */
export const useLook = defineStore('look', () => {
  const paper = ref(false)
  /** Where the map looked when it was last taken down: the sheet shows what the screen did. */
  const camera = shallowRef<Camera | null>(null)
  watch(paper, on => document.documentElement.toggleAttribute('data-paper', on), { flush: 'sync' })
  return { paper, camera }
})
