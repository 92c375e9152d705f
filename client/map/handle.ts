import { inject, type InjectionKey, type ShallowRef } from 'vue'
import type { Bbox, LonLat } from '../../server/contract/geo.ts'

/** The screen's words, handed in: vue-i18n wants to be asked in `setup`, before the map is there. */
export type Translate = (key: string) => string

/** What others may ask of the map. The map itself never leaves this folder. */
export interface MapHandle {
  fit(bbox: Bbox): void
  zoomBy(step: number): void
  /** Brings a place into view if it is not, without changing the scale more than needed; `zoom` = at least so near. */
  show(at: LonLat, zoom?: number): void
  /** Prints the page, the map as finely as paper shows it. */
  print(): Promise<void>
}
export const MAP: InjectionKey<ShallowRef<MapHandle | null>> = Symbol('map')

export function useMap(): ShallowRef<MapHandle | null> {
  const map = inject(MAP)
  if (!map) throw new Error('MAP not provided')
  return map
}
