import type { Map as MapLibreMap } from 'maplibre-gl'
import { watch } from 'vue'
import { useSelection } from '../stores/selection.ts'
import type { Translate } from './handle.ts'
import { useHandMarker } from './useHandMarker.ts'

/** The point as a plate on a stem above its place. */
export function usePoint(map: MapLibreMap, t: Translate): void {
  const selection = useSelection()
  const { marker, element } = useHandMarker(map, {
    name: 'map-point',
    anchor: 'bottom',
    stepPx: 10,
    label: () => t('point.move'),
    at: () => selection.at,
    move: selection.setPoint,
  })
  const plate = document.createElement('span')
  plate.className = 'map-point-plate'
  element.append(plate)
  watch(
    () => t('point.plate'),
    text => (plate.textContent = text),
    { immediate: true },
  )
  marker.on('dragstart', () => element.classList.add('dragged'))
  marker.on('dragend', () => element.classList.remove('dragged'))
}
