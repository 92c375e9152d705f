import type { CountyData } from '../../server/contract/county.ts'
import type { IsochronesAnswer, RouteAnswer } from '../../server/contract/api.ts'
import type { LonLat } from './browser.ts'
import type { Program } from './program.ts'

/** A place on a road, and the villages that leave the hour of `at` when the road is shut there. */
export interface Cut {
  place: LonLat
  lost: string[]
}

/** Looks along the ways to the villages for a road whose closing takes one out of the hour, by asking the API. */
export async function findCut(program: Program, county: string, at: LonLat): Promise<Cut> {
  const { settlements } = await program.ask<CountyData>(`/api/counties/${county}`)
  const circles = (closures: unknown[]) =>
    program.ask<IsochronesAnswer>('/api/isochrones', {
      county,
      profile: 'heavy',
      points: [{ at }],
      minutes: [15, 30, 60],
      direction: 'to',
      closures,
    })
  const before = new Set((await circles([])).outside.map(p => p.id))
  const inside = settlements.filter(
    s => !before.has(s.id) && Math.hypot(s.at[0] - at[0], s.at[1] - at[1]) > 0.03,
  )
  for (const village of inside) {
    const way = await program
      .ask<RouteAnswer>('/api/route', { county, profile: 'heavy', from: village.at, to: at })
      .catch(() => null)
    const line = way?.geometry.coordinates as LonLat[] | undefined
    if (!line || line.length < 20) continue
    const place = line[Math.floor(line.length / 4)]!
    const geometry = { type: 'Point', coordinates: place }
    const shut = [{ type: 'Feature', geometry, properties: { kind: 'landslide' } }]
    const after = await circles(shut).catch(() => null)
    const lost = after?.outside.filter(p => !before.has(p.id)).map(p => p.id) ?? []
    if (lost.length > 0) return { place, lost }
  }
  throw new Error('no road of this county cuts a village off by itself')
}
