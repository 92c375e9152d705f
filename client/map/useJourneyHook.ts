import type { Map as MapLibreMap } from 'maplibre-gl'

/** `?journey` in the address lets a test turn places into pixels and wait for the picture. Changes nothing but the camera. */
export function useJourneyHook(map: MapLibreMap): void {
  if (!new URLSearchParams(location.search).has('journey')) return
  const hook = {
    project: (at: [number, number]) => map.project(at),
    idle: () => map.loaded() && !map.isMoving(),
    layers: () => map.getLayersOrder(),
    go: (at: [number, number], zoom: number) => void map.jumpTo({ center: at, zoom }),
    /** What is drawn of a layer now: the properties of each feature. */
    drawn: (layer: string) => map.queryRenderedFeatures({ layers: [layer] }).map(f => f.properties),
    zoom: () => map.getZoom(),
  }
  Object.defineProperty(window, 'fengtuJourney', { value: Object.freeze(hook), configurable: true })
}
