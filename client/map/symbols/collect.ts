import type { Feature, FeatureCollection } from 'geojson'

export function collect(features: readonly Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features: features as Feature[] }
}
export function point(at: readonly number[], properties: Record<string, unknown>): Feature {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: at as number[] }, properties }
}
