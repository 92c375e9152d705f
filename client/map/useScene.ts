import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { onScopeDispose, shallowRef, watch, watchEffect } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { useAnswer } from '../stores/answer.ts'
import { useCounty } from '../stores/county.ts'
import { useDrawing } from '../stores/drawing.ts'
import { useLanguage } from '../stores/language.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { useSelection } from '../stores/selection.ts'
import { useSituation } from '../stores/situation.ts'
import { peopleOf } from '../ui/count.ts'
import { isStale } from '../ui/stale.ts'
import { clock, duration } from '../ui/time.ts'
import { hatchShapes } from './hatch.ts'
import { outerRings } from './rings.ts'
import type { Scene } from './layer.ts'
import type { Token } from './palette.ts'
import type { Translate } from './handle.ts'
import type { OwnSource } from './style.ts'
import { bandLabels } from './symbols/bands.ts'
import { closedSymbols } from './symbols/closed.ts'
import { collect, point } from './symbols/collect.ts'
import { recordSymbols, shapesOf } from './symbols/records.ts'
import { facilitySymbols, seatsOf, settlementSymbols } from './symbols/settlements.ts'
import { marksAsPoints, spacedMarks } from './symbols/spaced.ts'
import { teamSymbols } from './symbols/teams.ts'
import { drawScene } from './zorder.ts'

/** Registers whose rows the server also lists as places that are not teams. */
const isPlaceOfEngine = (register: string) =>
  ['shelters', 'refuges', 'schools', 'hospitals'].includes(register)
const ARROW_PX = 84
const FLAGS = 6
/** On a telephone more flags than two cover the map. */
const NARROW_PX = 500

/**
 * Keeps what the map shows equal to what the stores say. `hand` is what the pointer is drawing, `times` how much
 * larger than at a desk it all is.
 */
export function useScene(
  map: MapLibreMap,
  token: Token,
  hand: () => Pick<Scene, 'sketch' | 'aimed'>,
  t: Translate,
  times = 1,
) {
  const [county, selection, answer, language] = [useCounty(), useSelection(), useAnswer(), useLanguage()]
  const [situation, records, drawing] = [useSituation(), useRecords(), useDrawing()]
  const nothing: Scene = {
    token,
    bands: [],
    way: null,
    closed: answer.closedRoads,
    closedAreas: [],
    record: shapesOf({}),
    sketch: null,
    aimed: null,
  }
  const overlay = new MapLibreOverlay({ interleaved: true, layers: drawScene(nothing) })
  map.addControl(overlay)

  // Symbols so many times as large stand as close as they would from further away.
  const zoomOf = () => Math.round((map.getZoom() - Math.log2(times)) * 4) / 4
  const zoom = shallowRef(zoomOf())
  const onZoom = () => (zoom.value = zoomOf())
  map.on('zoom', onZoom)
  const way = () => (answer.point?.way?.route.geometry.coordinates as LonLat[] | undefined) ?? null
  const bands = () => answer.shown?.circles.features ?? []
  const areas = () => situation.all.flatMap(c => outerRings(c.feature))
  const fill = (id: OwnSource, data: ReturnType<typeof collect>) =>
    map.getSource<GeoJSONSource>(id)?.setData(data)

  watchEffect(() => {
    const scene: Scene = {
      token,
      bands: bands(),
      way: way(),
      closed: answer.closedRoads,
      closedAreas: areas(),
      record: shapesOf(drawing.others ?? records.picked?.fields ?? {}),
      ...hand(),
    }
    overlay.setProps({ layers: drawScene(scene) })
  })
  watchEffect(() => {
    const settlements = county.settlements
    const seats = seatsOf(records.byRegister.get('townships') ?? [], settlements)
    fill(
      'settlements',
      settlementSymbols({
        settlements: [...seats, ...settlements],
        outside: answer.outside,
        nameOf: language.nameOf,
        peopleOf: n => peopleOf(n, language.lang),
        duration: ms => duration(ms, language.lang),
        reason: code => t(`outside.${code}`),
      }),
    )
  })
  watchEffect(() => {
    const places = answer.outside.flatMap(p => county.settlementById.get(p.id) ?? [])
    fill('hatch', hatchShapes(places))
  })
  watchEffect(() => {
    const dispatch = answer.point?.dispatch
    fill(
      'teams',
      teamSymbols({
        teams: county.teams,
        ranked: dispatch?.teams ?? [],
        unreachable: dispatch?.unreachable ?? [],
        picked: answer.point?.way?.id ?? selection.team,
        flags: map.getContainer().clientWidth < NARROW_PX ? 2 : FLAGS,
        zoom: zoom.value,
        clock: iso => clock(iso, county.timeZone),
      }),
    )
  })
  watchEffect(() => fill('point', collect(selection.at ? [point(selection.at, {})] : [])))
  watchEffect(() => {
    // What a register has already is drawn as its row, not a second time as a place of the base map.
    const known = new Set(records.all.filter(r => isPlaceOfEngine(r.register)).map(r => r.id))
    const others = (county.data?.facilities ?? []).filter(f => !known.has(f.id))
    fill('facilities', facilitySymbols(others, language.nameOf))
  })
  watchEffect(() => {
    const now = new Date()
    fill(
      'records',
      recordSymbols({
        records: records.all,
        shown: records.shown,
        picked: records.picked && keyOf(records.picked),
        nameOf: language.nameOf,
        isStale: r => isStale(r.source.asOf, now),
      }),
    )
  })
  watchEffect(() => fill('closed-marks', closedSymbols(answer.closedRoads, zoom.value, t('legend.cut'))))
  watchEffect(() =>
    fill(
      'band-labels',
      bandLabels(bands(), m => duration(m * 60_000, language.lang)),
    ),
  )
  watchEffect(() => {
    const line = way()
    fill('way-arrows', collect(line ? marksAsPoints(spacedMarks(line, zoom.value, ARROW_PX)) : []))
  })
  watch(
    () => county.data,
    () => onZoom(),
  )
  onScopeDispose(() => {
    map.off('zoom', onZoom)
    map.removeControl(overlay)
  })
}
