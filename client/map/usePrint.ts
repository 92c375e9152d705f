import type { Map as MapLibreMap } from 'maplibre-gl'
import { onScopeDispose, type Ref } from 'vue'
import { scaleBar } from '../ui/scale.ts'

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

/** The map's canvas with a scale bar in it: on paper the map has another size than the screen's own bar knows. */
function withScale(map: MapLibreMap): HTMLCanvasElement {
  const drawn = map.getCanvas()
  const sheet = document.createElement('canvas')
  sheet.width = drawn.width
  sheet.height = drawn.height
  const c = sheet.getContext('2d')!
  c.drawImage(drawn, 0, 0)
  const ratio = drawn.width / drawn.clientWidth
  const [width, height] = [drawn.clientWidth, drawn.clientHeight]
  const lat = (map.getCenter().lat * Math.PI) / 180
  const { px, text } = scaleBar((40_075_017 * Math.cos(lat)) / (512 * 2 ** map.getZoom()))
  c.scale(ratio, ratio)
  const [right, bottom] = [width - 20, height - 20]
  c.fillStyle = 'rgba(255,255,255,0.85)'
  c.fillRect(right - px - 12, bottom - 30, px + 24, 40)
  c.strokeStyle = '#000'
  c.fillStyle = '#000'
  c.lineWidth = 1.5
  c.beginPath()
  c.moveTo(right - px, bottom - 6)
  c.lineTo(right - px, bottom)
  c.lineTo(right, bottom)
  c.lineTo(right, bottom - 6)
  c.stroke()
  c.font = '14px sans-serif'
  c.textAlign = 'right'
  c.fillText(text, right, bottom - 10)
  return sheet
}

/** A printer cannot read a canvas that the GPU owns: it gets the map as a picture, taken just before. */
export function usePrint(map: MapLibreMap, picture: Ref<string>) {
  let taken = false
  function take(): void {
    // Drawn and read within one turn, or the buffer is empty again.
    map.redraw()
    picture.value = withScale(map).toDataURL('image/png')
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
