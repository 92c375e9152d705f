import type { Feature } from 'geojson'
import type { Band } from '../../../server/contract/api.ts'
import { collect } from './collect.ts'

/** One label per band, on the longest stretch of its line. */
export function bandLabels(bands: readonly Band[], label: (minutes: number) => string) {
  const lines = bands.flatMap((band): Feature[] => {
    let longest: number[][] = []
    for (const polygon of band.geometry.coordinates)
      if (polygon[0] && polygon[0].length > longest.length) longest = polygon[0]
    if (longest.length < 2) return []
    return [
      {
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: longest },
        properties: { label: label(band.properties.minutes) },
      },
    ]
  })
  return collect(lines)
}
