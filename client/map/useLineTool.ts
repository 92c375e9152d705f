import type { Map as MapLibreMap, MapMouseEvent, MapTouchEvent } from 'maplibre-gl'
import { onScopeDispose } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { crossingOf } from '../stores/corners.ts'
import { useDrawing } from '../stores/drawing.ts'
import { gripAt, type Grip } from './grip.ts'
import type { Sketch } from './layer.ts'

const [REACH_PX, FINGER_PX] = [10, 24]
type Press = MapMouseEvent | MapTouchEvent
const at = (e: Press): LonLat => e.lngLat.toArray() as LonLat
const isFinger = (e: Press): e is MapTouchEvent => e.type.startsWith('touch')
const isTyping = ({ target }: Event) => target instanceof HTMLElement && target.matches('input, select')

/** The form's line under the hand: a click puts a corner, a drag moves one or pulls one out of a side. */
export function useLineTool(map: MapLibreMap): () => Sketch | null {
  const drawing = useDrawing()
  let held: { grip: Grip; moved: boolean } | null = null

  const gripOf = (e: Press): Grip | null =>
    gripAt(
      drawing.corners.map(corner => corner.at && map.project(corner.at)),
      drawing.line!.closed,
      e.point,
      isFinger(e) ? FINGER_PX : REACH_PX,
    )
  function press(e: Press): void {
    if (!drawing.line || (isFinger(e) && e.points.length > 1)) return
    const grip = gripOf(e)
    if (!grip) return
    // The map stays where it is: the corner goes with the hand.
    e.preventDefault()
    held = { grip, moved: false }
  }
  function pull(e: Press): void {
    if (!drawing.line) return
    if (!held) return void (map.getCanvas().style.cursor = gripOf(e) ? 'move' : 'crosshair')
    if (!held.moved && 'side' in held.grip) {
      drawing.put(at(e), held.grip.side)
      held = { grip: { corner: held.grip.side + 1 }, moved: true }
    } else if ('corner' in held.grip) {
      drawing.move(held.grip.corner, at(e), !held.moved)
      drawing.picked = held.grip.corner
      held.moved = true
    }
  }
  const release = (): void => void (held = null)

  function click(e: MapMouseEvent): void {
    if (!drawing.line) return
    const [grip, last] = [gripOf(e), drawing.corners.length - 1]
    if (!grip) return drawing.put(at(e))
    if ('side' in grip) return drawing.put(at(e), grip.side)
    // Back at the first corner with the last in hand: the ring is done.
    if (grip.corner === 0 && drawing.line.closed && last > 1 && drawing.picked === last) drawing.end()
    else drawing.picked = grip.corner
  }
  function onKey(e: KeyboardEvent): void {
    if (!drawing.line || isTyping(e)) return
    const isOnMap = e.target === map.getCanvas()
    if (e.key === 'Enter' && isOnMap) drawing.put(map.getCenter().toArray() as LonLat)
    else if (e.key === 'Backspace' || (e.key === 'z' && (e.ctrlKey || e.metaKey))) drawing.undo()
    else if (e.key === 'Delete' && drawing.picked !== null) drawing.drop(drawing.picked)
    else return
    e.preventDefault()
  }

  const heard = [
    ...(['mousedown', 'touchstart'] as const).map(type => map.on(type, press)),
    ...(['mousemove', 'touchmove'] as const).map(type => map.on(type, pull)),
    map.on('click', click),
    map.on('dblclick', () => drawing.line && drawing.end()),
  ]
  const LETS_GO = ['mouseup', 'touchend', 'touchcancel', 'blur']
  for (const type of LETS_GO) window.addEventListener(type, release)
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => {
    for (const one of heard) one.unsubscribe()
    for (const type of LETS_GO) window.removeEventListener(type, release)
    window.removeEventListener('keydown', onKey)
  })

  return () => {
    const { line, corners, picked } = drawing
    if (!line) return null
    const placed = corners.flatMap(corner => (corner.at ? [corner.at] : []))
    const crossing = line.closed ? crossingOf(placed) : null
    return {
      corners: placed,
      closed: line.closed,
      colour: 'accent',
      handles: true,
      picked: picked === null ? null : (corners[picked]?.at ?? null),
      crossing: (crossing ?? []).map(i => [placed[i]!, placed[(i + 1) % placed.length]!]),
    }
  }
}
