import { describe, expect, test } from 'vitest'
import { Refusal } from '../contract/errors.ts'
import type { LonLat } from '../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../contract/settings.ts'
import { createEngine } from './engine.ts'
import { networkOf, randomNetwork, randomOf } from './random.fixture.ts'
import { buildGraph } from './roads/build.ts'
import { INF, openGraph } from './roads/graph.ts'
import { openTimes } from './search/weights.ts'

const bytes = buildGraph(randomNetwork(5))
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'none'
}

describe('damaged graph bytes', () => {
  test('cut short anywhere are refused, never a crash', () => {
    const step = Math.max(1, Math.floor(bytes.byteLength / 400))
    for (let cut = 0; cut < bytes.byteLength; cut += cut < 64 ? 1 : step) {
      expect([cut, codeOf(() => openGraph(bytes.slice(0, cut)))]).toEqual([cut, 'graph_unreadable'])
    }
    expect(codeOf(() => openGraph(bytes.slice(0, -1)))).toBe('graph_unreadable')
    expect(codeOf(() => openGraph(bytes))).toBe('none')
  })

  test.each([
    ['not a graph', () => new TextEncoder().encode('<html>not found</html>'.repeat(9)).buffer],
    ['nothing but zeros', () => new ArrayBuffer(4096)],
    ['another version', () => patched('"version":1', '"version":9')],
    ['a header that is no JSON', () => patched('{"version"', '["version"')],
    ['a section off its boundary', () => patched('"nodeLon":{"at":', '"nodeLon":{"at":1')],
    ['a section without its name', () => patched('"tail"', '"tale"')],
    ['bytes behind its end', () => new Uint8Array([...new Uint8Array(bytes), 0, 0, 0, 0, 0, 0, 0, 0]).buffer],
  ])('%s', (_, make) => {
    expect(codeOf(() => openGraph(make()))).toBe('graph_unreadable')
  })

  test('any byte of the header changed: refused, or still a graph', () => {
    const random = randomOf(1)
    const header = new Uint32Array(bytes, 0, 2)[1]
    for (let i = 0; i < 500; i++) {
      const copy = bytes.slice(0)
      new Uint8Array(copy)[Math.floor(random() * (header + 8))] = Math.floor(random() * 256)
      expect(['none', 'graph_unreadable']).toContain(codeOf(() => openGraph(copy)))
    }
  })
})

/** The header's text with `find` replaced, padding taken up so that the length stays. */
function patched(find: string, by: string): ArrayBuffer {
  const copy = bytes.slice(0)
  const length = new Uint32Array(copy, 0, 2)[1]
  const header = new TextDecoder().decode(new Uint8Array(copy, 8, length))
  expect(header).toContain(find)
  const text = header.replace(find, by).slice(0, length).padEnd(length)
  new Uint8Array(copy, 8, length).set(new TextEncoder().encode(text))
  return copy
}

test.each([[[NaN, 42.5]], [[1.5, NaN]], [[Infinity, 42.5]], [[1.5, 90]], [[180, -90]], [[42.5, 1.5]]] as [
  LonLat,
][])('a point at %j is off the network for every question, with the distance where there is one', at => {
  const engine = createEngine({ graph: bytes, settlements: [], teams: [] })
  const q = { room: 'x', profile: 'heavy' as const }
  const good: LonLat = [1.505, 42.505]
  expect(codeOf(() => engine.matrix({ ...q, from: [good], to: [at] }))).toBe('off_network')
  expect(codeOf(() => engine.route({ ...q, from: at, to: good }))).toBe('off_network')
  expect(codeOf(() => engine.dispatch({ ...q, at, count: 5 }, '2026-05-01T00:00:00.000Z'))).toBe(
    'off_network',
  )
  const circles = { ...q, points: [{ at }], minutes: [15], direction: 'from' as const }
  expect(codeOf(() => engine.isochrones(circles))).toBe('off_network')
  expect(engine.nearestRoad(at, 50)).toBeNull()
})

/** A road to the east with limits, and beside it the long way round. */
const LIMITED = (limit: object) =>
  openGraph(
    buildGraph(networkOf([[0, 0], [90_000, 0], [45_000, 90_000]], [{ id: 1, nodes: [1, 2], ...limit }, { id: 2, nodes: [1, 3, 2] }])), // prettier-ignore
  )

test.each([
  [{ maxweightT: 20 }, 'heavy', true],
  [{ maxweightT: 15.9 }, 'heavy', false],
  [{ maxweightT: 16 }, 'heavy', true],
  [{ maxweightT: 20 }, { base: 'heavy', weightT: 30 }, false],
  [{ maxweightT: 3.5 }, 'light', true],
  [{ maxweightT: 0.04 }, 'light', false],
  [{ maxheightM: 3.5 }, 'heavy', false],
  [{ maxheightM: 3.6 }, 'heavy', true],
  [{ maxheightM: 3.6 }, { base: 'heavy', heightM: 3.601 }, false],
  [{ maxheightM: 3 }, { base: 'light', heightM: 3 }, true],
  [{ maxwidthM: 2.4 }, 'heavy', false],
  [{ maxwidthM: 2.4 }, { base: 'heavy', widthM: 2.4 }, true],
  [{ maxwidthM: 1, maxheightM: 1, maxweightT: 0.1 }, 'foot', true],
] as const)('%j and %j: open %s', (limit, profile, passes) => {
  const graph = LIMITED(limit)
  const open = openTimes(graph, profile, DEFAULT_SETTINGS)
  const usable = (way: number): boolean[] =>
    [...open.keys()]
      .filter(arc => graph.edgeWay[graph.arcEdge[arc] >>> 1] === way)
      .map(arc => open[arc] < INF)
  expect(usable(1)).toEqual([passes, passes])
  expect(usable(2)).toEqual([true, true])
})
