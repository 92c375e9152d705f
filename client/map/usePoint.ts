import { Marker, type Map as MapLibreMap } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { useSelection } from '../stores/selection.ts'
import type { Translate } from './handle.ts'

const STEP_PX = 10
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The point as a plate on a stem above its place: dragged by hand, moved by the arrow keys. */
export function usePoint(map: MapLibreMap, t: Translate): void {
  const selection = useSelection()
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'map-point'
  element.dataset.testid = 'point'
  const plate = document.createElement('span')
  plate.className = 'map-point-plate'
  element.append(plate)
  const marker = new Marker({ element, anchor: 'bottom', draggable: true })
  const here = (): LonLat => marker.getLngLat().toArray() as LonLat

  marker.on('drag', () => selection.setPoint(here()))
  marker.on('dragstart', () => element.classList.add('dragged'))
  marker.on('dragend', () => element.classList.remove('dragged'))
  element.addEventListener('click', e => e.stopPropagation())
  element.addEventListener('keydown', e => {
    const step = ARROWS[e.key]
    if (!step) return
    e.preventDefault()
    e.stopPropagation()
    const at = map.project(marker.getLngLat())
    const to = map.unproject([at.x + step[0] * STEP_PX, at.y + step[1] * STEP_PX])
    selection.setPoint(to.toArray() as LonLat)
  })

  watch(
    () => t('point.move'),
    label => {
      plate.textContent = t('point.plate')
      element.setAttribute('aria-label', label)
      element.title = label
    },
    { immediate: true },
  )
  watch(
    () => selection.at,
    at => {
      if (!at) return void marker.remove()
      marker.setLngLat(at)
      if (!element.isConnected) marker.addTo(map)
    },
    { immediate: true },
  )
  onScopeDispose(() => marker.remove())
}
