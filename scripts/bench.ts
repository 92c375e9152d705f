import { buildGraph } from '../server/algo/roads/build.ts'
import { Bench, FIGURES, type Figure } from './bench/figures.ts'
import { roadNetwork } from './bench/data.ts'
import { tile } from './bench/tile.ts'
import { comparePgRouting } from './bench/pgrouting.ts'
import { measureLive } from './bench/live.ts'
import { measureScreens } from './bench/screens.ts'
import { benchStore } from './bench/store.ts'

/** Milliseconds to reach, on a machine that sweeps the tiling in `SWEEP_MS`: Andorra, Porto, 14 × 14 Andorras. */
const TARGET_MS: Record<Figure, [number, number, number]> = {
  search60: [0.3, 6, 2],
  polygons: [12, 30, 60],
  teams100: [0.5, 6, 4],
  matrix100: [25, 450, 110],
  closures20: [3, 10, 10],
  coverage100: [10, 40, 160],
  load: [30, 80, 500],
}
const SWEEP_MS = 6.8
const TILING = 'andorra 14×14'

const LABELS: Record<Figure, string> = {
  search60: '60-minute search from one point',
  polygons: '… with 15/30/60 polygons, 100 m cells',
  teams100: '100 teams to one point (60 min)',
  matrix100: '100 × 100, bounded at 60 min',
  closures20: '20 polygons → edges → 100 teams again',
  coverage100: 'coverage of 100 teams, search + polygons',
  load: 'load the graph file',
}

const wanted = process.argv.slice(2)
const benches: { name: string; bench: Bench }[] = []
for (const name of ['andorra', 'porto', TILING]) {
  if (wanted.length > 0 && !wanted.includes(name === TILING ? 'tiling' : name)) continue
  const network = roadNetwork(name.split(' ')[0]!)
  if (!network) {
    console.log(`NOT RUN: ${name} (the data folder ../shared/data is not there)`)
    continue
  }
  const started = performance.now()
  const bytes = buildGraph(name === TILING ? tile(network, 14) : network)
  const bench = new Bench(bytes)
  const { nodes, arcs, edges } = bench.graph
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${name}: ${nodes} nodes, ${arcs} arcs, ${edges} edges, ${(bytes.byteLength / 1e6).toFixed(1)} MB, built in ${seconds} s`,
  )
  benches.push({ name, bench })
}

const largest = benches.at(-1)
if (largest) {
  // Without the tiling there is nothing to scale by: targets stand as they are.
  const sweep = largest.bench.sweepMs()
  const scale = largest.name === TILING ? sweep / SWEEP_MS : 1
  const perArc = ((sweep * 1e6) / largest.bench.graph.arcs).toFixed(2)
  console.log(
    `\ncalibration sweep over ${largest.name}: ${sweep.toFixed(2)} ms, ${perArc} ns per arc; targets × ${scale.toFixed(2)}\n`,
  )
  const over: string[] = []
  for (const figure of FIGURES) {
    const cells = benches.map(({ name, bench }) => {
      const target = TARGET_MS[figure][name === 'andorra' ? 0 : name === 'porto' ? 1 : 2]! * scale
      const ms = bench.measure(figure)
      if (ms > target) over.push(`${LABELS[figure]}, ${name}: ${ms.toFixed(2)} ms > ${target.toFixed(2)} ms`)
      return `${ms.toFixed(2)} (≤ ${target.toFixed(2)})`.padStart(20)
    })
    console.log(LABELS[figure].padEnd(44) + cells.join(''))
  }
  console.log(over.length === 0 ? '\nall within target' : `\nover target:\n  ${over.join('\n  ')}`)
  for (const { name, bench } of benches) if (name !== TILING) await comparePgRouting(name, bench)
}
if (wanted.length === 0 || wanted.includes('store')) await benchStore()
if (wanted.length === 0 || wanted.includes('live')) await measureLive()
if (wanted.length === 0 || wanted.includes('screens')) await measureScreens()
