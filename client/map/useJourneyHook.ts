import type { Map as MapLibreMap } from 'maplibre-gl'

/** `?journey` in the address lets a test turn places into pixels and wait for the picture. Read-only. */
export function useJourneyHook(map: MapLibreMap): void {
  if (!new URLSearchParams(location.search).has('journey')) return
  const hook = {
    project: (at: [number, number]) => map.project(at),
    idle: () => map.loaded() && !map.isMoving(),
    layers: () => map.getLayersOrder(),
    zoom: () => map.getZoom(),
  }
  Object.defineProperty(window, 'fengtuJourney', { value: Object.freeze(hook) })
}
