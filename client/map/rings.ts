import type { ClosureShape } from '../../server/contract/closure.ts'
import type { LonLat } from '../../server/contract/geo.ts'

/** The outer rings of a closure's area; none for a point, a line, a way. */
export function outerRings({ geometry }: ClosureShape): LonLat[][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates[0] as LonLat[]]
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.map(p => p[0] as LonLat[])
  return []
}
