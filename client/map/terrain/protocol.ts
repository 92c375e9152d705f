import { addProtocol, removeProtocol } from 'maplibre-gl'
import { everyM } from './tile.ts'
import type { ContourQuestion, ContourReply } from './worker.ts'

/** Address of contour tiles in a style; made in the browser out of the terrain's own tiles. */
export const CONTOUR_TILES = 'contour://{z}/{x}/{y}'

type Waiting = (tile: ArrayBuffer | null) => void

/**
 * Answers `contour://` for one county: `urlOf` finds its terrain tiles, `deepest` is their last zoom.
 * @returns ends it
 */
export function serveContours(
  urlOf: (tile: { z: number; x: number; y: number }) => string,
  deepest: number,
): () => void {
  let worker: Worker | null = null
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function start(): Worker {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<ContourReply>) => {
      waiting.get(data.id)?.(data.tile)
      waiting.delete(data.id)
    })
    made.addEventListener('error', () => {
      for (const answer of waiting.values()) answer(null)
      waiting.clear()
    })
    return made
  }
  addProtocol('contour', async ({ url }) => {
    const [z, x, y] = url.slice('contour://'.length).split('/').map(Number) as [number, number, number]
    const urls = [-1, 0, 1].flatMap(dy => [-1, 0, 1].map(dx => urlOf({ z, x: x + dx, y: y + dy })))
    worker ??= start()
    const tile = await new Promise<ArrayBuffer | null>(resolve => {
      const question: ContourQuestion = { id: ++lastId, urls, everyM: everyM(z, deepest) }
      waiting.set(question.id, resolve)
      worker!.postMessage(question)
    })
    return { data: tile ?? new ArrayBuffer(0) }
  })
  return () => {
    removeProtocol('contour')
    worker?.terminate()
    for (const answer of waiting.values()) answer(null)
    waiting.clear()
  }
}
