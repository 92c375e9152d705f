import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { NearestRoad } from '../../server/algo/engine.ts'
import type { ClosureFeature } from '../../server/contract/closure.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import { useDraft } from '../stores/draft.ts'
import { useRecords } from '../stores/records.ts'
import { useSelection } from '../stores/selection.ts'
import type { Sketch } from './layer.ts'
import { useLineTool } from './useLineTool.ts'

export interface ToolWork {
  nearestRoad(at: LonLat, maxM: number): Promise<NearestRoad | null>
  close(feature: ClosureFeature): Promise<boolean>
}
/** A click may miss the road by this many pixels. */
const AIM_PX = 14
const SAME_CORNER_PX = 6

const at = (e: MapMouseEvent): LonLat => e.lngLat.toArray() as LonLat
const nameOf = ({ ref, name }: NearestRoad) =>
  ref || name ? { name: [ref, name].filter(Boolean).join(' ') } : {}

/** What a click means: set the point, pick a team, close a road, a corner of an area, the place of a row. */
export function useTools(map: MapLibreMap, work: ToolWork) {
  const [selection, records, draft] = [useSelection(), useRecords(), useDraft()]
  const corners = shallowRef<LonLat[]>([])
  const pointer = shallowRef<LonLat | null>(null)
  const aimed = shallowRef<NearestRoad | null>(null)
  const lineSketch = useLineTool(map)

  function metresOf(px: number, lat: number): number {
    const mPerPx = (40_075_017 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom())
    return px * mPerPx
  }
  const aim = (p: LonLat) => work.nearestRoad(p, metresOf(AIM_PX, p[1])).catch(() => null)
  let aiming = false

  async function follow(p: LonLat): Promise<void> {
    if (aiming) return
    aiming = true
    const road = await aim(p)
    aiming = false
    aimed.value = selection.tool === 'road' ? road : null
  }

  async function closeRoad(p: LonLat): Promise<void> {
    const road = await aim(p)
    if (!road) return
    await work.close({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: road.at },
      properties: { kind: selection.kind, ...nameOf(road) },
    })
    aimed.value = null
  }
  async function finishArea(): Promise<void> {
    const ring = corners.value
    if (ring.length < 3) return
    corners.value = []
    pointer.value = null
    const closed = await work.close({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!]] },
      properties: { kind: selection.kind },
    })
    if (closed) selection.tool = 'point'
  }
  function addCorner(e: MapMouseEvent): void {
    const last = corners.value.at(-1)
    const near = (c: LonLat) => map.project(c).dist(e.point) < SAME_CORNER_PX
    if (corners.value.length > 2 && near(corners.value[0]!)) void finishArea()
    else if (!last || !near(last)) corners.value = [...corners.value, at(e)]
  }

  /** The row of a register under the pointer; a small square must be hit itself, or no point could be set between many. */
  function recordAt({ point: { x, y } }: MapMouseEvent): string | null {
    const near = (by: number, layers: string[]) =>
      map.queryRenderedFeatures(
        [
          [x - by, y - by],
          [x + by, y + by],
        ],
        { layers },
      )[0]
    const hit = near(1, ['record-picked', 'records']) ?? near(2, ['record-dots'])
    return hit ? String(hit.properties.key) : null
  }

  const onClick = (e: MapMouseEvent): void => {
    if (selection.tool === 'line') return
    if (selection.tool === 'road') return void closeRoad(at(e))
    if (selection.tool === 'area') return addCorner(e)
    if (selection.tool === 'place') {
      draft.placeAt(at(e))
      selection.tool = 'point'
      return
    }
    const team = map.queryRenderedFeatures(e.point, { layers: ['teams', 'team-times'] })[0]
    const record = recordAt(e)
    if (team && selection.at) selection.team = String(team.properties.id)
    else if (record) records.pick(record)
    else if (team && records.byKey.has(`teams/${team.properties.id}`))
      records.pick(`teams/${team.properties.id}`)
    else selection.setPoint(at(e))
  }
  const onMove = (e: MapMouseEvent): void => {
    if (selection.tool === 'road') void follow(at(e))
    if (selection.tool === 'area' && corners.value.length > 0) pointer.value = at(e)
    // While something is dragged nothing is pointed at.
    if (selection.tool === 'point' && e.originalEvent.buttons === 0)
      map.getCanvas().style.cursor = recordAt(e) ? 'pointer' : ''
  }
  const onKey = (e: KeyboardEvent): void => {
    if (e.key === 'Enter' && selection.tool === 'point' && e.target === map.getCanvas()) {
      // By keyboard the middle of the map is what one points at; the arrows then move the point.
      selection.setPoint(map.getCenter().toArray() as LonLat)
    }
    if (selection.tool !== 'area') return
    if (e.key === 'Enter') void finishArea()
    if (e.key === 'Backspace') corners.value = corners.value.slice(0, -1)
  }
  const onDouble = () => selection.tool === 'area' && void finishArea()

  map.on('click', onClick)
  map.on('mousemove', onMove)
  map.on('dblclick', onDouble)
  window.addEventListener('keydown', onKey)
  watch(
    () => selection.tool,
    tool => {
      corners.value = []
      pointer.value = null
      aimed.value = null
      map.getCanvas().style.cursor = tool === 'point' ? '' : 'crosshair'
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    map.off('click', onClick)
    map.off('mousemove', onMove)
    map.off('dblclick', onDouble)
    window.removeEventListener('keydown', onKey)
  })

  const areaSketch = (): Sketch => ({
    corners: pointer.value ? [...corners.value, pointer.value] : corners.value,
    closed: true,
    colour: 'closed',
    handles: false,
    picked: null,
    crossing: [],
  })
  return () => ({
    sketch: lineSketch() ?? (corners.value.length > 0 ? areaSketch() : null),
    aimed: aimed.value?.line ?? null,
  })
}
