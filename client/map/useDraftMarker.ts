import type { Map as MapLibreMap } from 'maplibre-gl'
import { watch } from 'vue'
import { useDraft } from '../stores/draft.ts'
import type { Translate } from './handle.ts'
import { useHandMarker } from './useHandMarker.ts'

/** Where the row in the form would stand: a ring. */
export function useDraftMarker(map: MapLibreMap, t: Translate): void {
  const draft = useDraft()
  const { element } = useHandMarker(map, {
    name: 'draft-marker',
    stepPx: 4,
    label: () => t('placing.marker'),
    at: () => draft.at,
    move: draft.placeAt,
  })
  // Round the row's own plate while it stands there; a place of its own once it is elsewhere.
  watch(
    () => draft.at?.join() !== draft.open?.before.at?.join(),
    moved => element.classList.toggle('moved', moved),
    { immediate: true },
  )
}
