import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { watchEffect } from 'vue'
import { useCounty } from '../stores/county.ts'
import { useLanguage } from '../stores/language.ts'
import { outsideShapes } from './outside.ts'
import { TILE_BORDERS } from './styles/border.ts'
import { NAMES_BY_LANGUAGE } from './styles/names.ts'

/** The county's own border over the base map's, the land outside it darkened; the base map's names in our language. */
export function useBorder(map: MapLibreMap): void {
  const [county, language] = [useCounty(), useLanguage()]

  watchEffect(() => {
    const border = county.data?.border ?? null
    if (!county.county) return
    map.getSource<GeoJSONSource>('border')?.setData({
      type: 'FeatureCollection',
      features: border ? [{ type: 'Feature', geometry: border as never, properties: {} }] : [],
    })
    map.getSource<GeoJSONSource>('outside')?.setData(outsideShapes(border, county.county.bbox))
    for (const id of TILE_BORDERS) map.setLayoutProperty(id, 'visibility', border ? 'none' : 'visible')
  })
  watchEffect(() => {
    for (const [id, text] of Object.entries(NAMES_BY_LANGUAGE))
      map.setLayoutProperty(id, 'text-field', text(language.lang))
  })
}
