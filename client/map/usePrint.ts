import type { Map as MapLibreMap } from 'maplibre-gl'
import { onScopeDispose, type Ref } from 'vue'

/** Pixels of the sheet per pixel of the screen: an A3 sheet wants about 200 to the inch. */
const SHEET_RATIO = 3
const WAIT_MS = 20_000

function idle(map: MapLibreMap): Promise<void> {
  return new Promise(resolve => {
    const give = setTimeout(resolve, WAIT_MS)
    void map.once('idle', () => {
      clearTimeout(give)
      resolve()
    })
    map.triggerRepaint()
  })
}

/** A printer cannot read a canvas that the GPU owns: it gets the map as a picture, taken just before. */
export function usePrint(map: MapLibreMap, picture: Ref<string>) {
  let taken = false
  function take(): void {
    // Drawn and read within one turn, or the buffer is empty again.
    map.redraw()
    picture.value = map.getCanvas().toDataURL('image/png')
  }
  const before = () => void (taken || take())
  const after = () => (picture.value = '')
  window.addEventListener('beforeprint', before)
  window.addEventListener('afterprint', after)
  onScopeDispose(() => {
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  })

  /** Prints the page with the map as fine as paper shows it. */
  return async function print(): Promise<void> {
    const ratio = map.getPixelRatio()
    map.setPixelRatio(SHEET_RATIO)
    await idle(map)
    take()
    map.setPixelRatio(ratio)
    taken = true
    // The picture must be decoded before the page is laid out for the printer.
    await new Promise(resolve => setTimeout(resolve, 100))
    window.print()
    taken = false
  }
}
