import { Marker, type Map as MapLibreMap } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { useDraft } from '../stores/draft.ts'
import type { Translate } from './handle.ts'

const STEP_PX = 4
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Where the row in the form would stand: a ring to be dragged or moved by the arrow keys. */
export function useDraftMarker(map: MapLibreMap, t: Translate): void {
  const draft = useDraft()
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'draft-marker'
  element.dataset.testid = 'draft-marker'
  const marker = new Marker({ element, draggable: true })
  const here = (): LonLat => marker.getLngLat().toArray() as LonLat

  marker.on('drag', () => draft.placeAt(here()))
  element.addEventListener('click', e => e.stopPropagation())
  element.addEventListener('keydown', e => {
    const step = ARROWS[e.key]
    if (!step) return
    e.preventDefault()
    e.stopPropagation()
    const at = map.project(marker.getLngLat())
    draft.placeAt(map.unproject([at.x + step[0] * STEP_PX, at.y + step[1] * STEP_PX]).toArray() as LonLat)
  })
  watch(
    () => t('placing.marker'),
    label => {
      element.setAttribute('aria-label', label)
      element.title = label
    },
    { immediate: true },
  )
  watch(
    () => draft.at,
    at => {
      if (!at) return void marker.remove()
      // Round the row's own plate while it stands there; a place of its own once it is elsewhere.
      element.classList.toggle('moved', draft.open?.before.at?.join() !== at.join())
      marker.setLngLat(at)
      if (!element.isConnected) marker.addTo(map)
    },
    { immediate: true },
  )
  onScopeDispose(() => marker.remove())
}
