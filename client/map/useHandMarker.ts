import { Marker, type Map as MapLibreMap, type MarkerOptions } from 'maplibre-gl'
import { onScopeDispose, watch } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { useSelection } from '../stores/selection.ts'

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

interface HandMarker {
  name: string
  anchor?: MarkerOptions['anchor']
  /** How far one arrow key moves it. */
  stepPx: number
  label(): string
  at(): LonLat | null
  move(to: LonLat): void
}

/** A place on the map as a button: dragged by hand, moved by the arrow keys, gone while `at` is null. */
export function useHandMarker(map: MapLibreMap, { name, anchor, stepPx, label, at, move }: HandMarker) {
  const selection = useSelection()
  const element = document.createElement('button')
  element.type = 'button'
  element.className = name
  element.dataset.testid = name
  const marker = new Marker({ element, draggable: true, ...(anchor && { anchor }) })

  marker.on('drag', () => move(marker.getLngLat().toArray() as LonLat))
  element.addEventListener('click', e => e.stopPropagation())
  element.addEventListener('keydown', e => {
    const step = ARROWS[e.key]
    if (!step) return
    e.preventDefault()
    e.stopPropagation()
    const { x, y } = map.project(marker.getLngLat())
    move(map.unproject([x + step[0] * stepPx, y + step[1] * stepPx]).toArray() as LonLat)
  })
  watch(
    label,
    text => {
      element.setAttribute('aria-label', text)
      element.title = text
    },
    { immediate: true },
  )
  watch(
    at,
    to => {
      if (!to) return void marker.remove()
      marker.setLngLat(to)
      if (!element.isConnected) marker.addTo(map)
    },
    { immediate: true },
  )
  // What is drawn under it is drawn, not moved.
  watch(
    () => selection.tool === 'line' || selection.tool === 'area',
    drawing => (element.style.pointerEvents = drawing ? 'none' : ''),
    { immediate: true },
  )
  onScopeDispose(() => marker.remove())
  return { marker, element }
}
