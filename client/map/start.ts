import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { County } from '../../server/contract/county.ts'
import type { Bbox } from '../../server/contract/geo.ts'
import type { Camera } from '../stores/look.ts'
import { enlarge } from './enlarge.ts'
import { addIcons } from './icons.ts'
import type { Token } from './palette.ts'
import { baseStyle, tilePath, type Terrain } from './style.ts'
import { fetchHeights } from './terrain/decode.ts'
import { serveContours } from './terrain/protocol.ts'
import { coveringTiles, rangeOf } from './terrain/range.ts'
import { terrainZoom } from './terrainZoom.ts'

setWorkerUrl(workerUrl)

const FONT = "'HarmonyOS Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"

/** Names of places on the county's edge want room beside it. */
export const FIT_PADDING = { top: 24, bottom: 24, left: 40, right: 40 }

/** Beyond this there is nothing to see. */
function around([w, s, e, n]: Bbox): Bbox {
  const [x, y] = [(e - w) * 0.8, (n - s) * 0.8]
  return [w - x, s - y, e + x, n + y]
}

type TileAt = { z: number; x: number; y: number }
/** Enough samples to know a county's heights by, few enough to be there before the map is. */
const RANGE_TILES = 4

/** What the county's terrain is like, and its contours served; null where it has none. */
async function terrainOf(county: County): Promise<(Terrain & { end(): void }) | null> {
  if (!('terrain' in county.parts)) return null
  const path = location.origin + tilePath(county, 'terrain')
  const urlOf = ({ z, x, y }: TileAt) =>
    path.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`)
  const zoom = await terrainZoom(county.bbox, urlOf)
  const end = serveContours(urlOf, zoom)
  const tiles = await Promise.all(
    coveringTiles(county.bbox, zoom, RANGE_TILES).map(async at => ({
      at,
      heights: await fetchHeights(urlOf(at)),
    })),
  )
  const range = rangeOf(
    tiles.flatMap(({ at, heights }) => (heights ? [{ at, heights }] : [])),
    county.bbox,
  )
  return { zoom, range, end }
}

export interface Start {
  lang: 'zh' | 'en'
  /** What is shown at first, unless the map looked elsewhere before. */
  bounds: Bbox
  camera: Camera | null
  /** How much larger than at a desk everything on the map is drawn. */
  times: number
}

/** Makes the map of a county; resolves once its style is loaded, so that layers can be put between. */
export async function startMap(
  container: HTMLElement,
  county: County,
  token: Token,
  { lang, bounds, camera, times }: Start,
): Promise<MapLibreMap> {
  const terrain = await terrainOf(county)
  const map = new MapLibreMap({
    container,
    style: enlarge(baseStyle({ county, terrain, origin: location.origin, token, lang }), times),
    ...(camera ?? { bounds, fitBoundsOptions: { padding: FIT_PADDING } }),
    maxBounds: around(county.bbox),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    minZoom: 5,
    maxZoom: 18,
    localIdeographFontFamily: FONT,
    fadeDuration: 150,
    // A second click means the end of an area, never a zoom.
    doubleClickZoom: false,
  })
  map.once('remove', () => terrain?.end())
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return new Promise((resolve, reject) => {
    map.once('style.load', () => addIcons(map, token))
    map.once('load', () => resolve(map))
    map.on('error', ({ error }) => {
      // A tile that did not come is no reason to give up the map.
      if (!map.isStyleLoaded() && /webgl/i.test(error?.message ?? '')) reject(error)
    })
  })
}
