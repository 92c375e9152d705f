import type { Text } from '../../../server/contract/errors.ts'
import type { Brief, Land, Network, People } from '../county.ts'
import { latticeOf } from '../lattice.ts'
import { keepDry, keepToBanks } from './banks.ts'
import { BridgeBook } from './bridges.ts'
import { RANK, type Rank } from './classes.ts'
import { joinCrossings } from './cross.ts'
import { Draft, type Road } from './draft.ts'
import { fit } from './fit.ts'
import { drivenFrom, gentle, pointsNear, prune, roundLakes } from './mend.ts'
import { Ground } from './ground.ts'
import { addInterchanges } from './interchange.ts'
import { addTraces, layTraces } from './lines.ts'
import { meshOf } from './mesh.ts'
import { riverLines } from './rivers.ts'
import { layRural } from './rural.ts'
import { builtUp, settle } from './settle.ts'
import { simplify } from './simplify.ts'
import { piecesOf, type Piece } from './spans.ts'
import { tagsOf } from './tags.ts'
import { orderTraffic } from './traffic.ts'
import { layTrunk } from './trunk.ts'

const TRACE_ROADS: Partial<Record<Rank, Road>> = {
  [RANK.motorway]: { rank: RANK.motorway, name: { zh: '青岭高速', en: 'Qingling Expressway' }, ref: 'G9990' },
  [RANK.railway]: { rank: RANK.railway, name: { zh: '青岭铁路', en: 'Qingling Railway' }, ref: '' },
}
/** Who has further to the next road is reached on foot. */
const ON_FOOT_M = 250
const UNDERPASS: Text = { zh: '下穿通道', en: 'Underpass' }

/**
 * Every road of the county: streets first, then numbered roads from the important to the small, each along the
 * cheapest way over slope and water and along what is built already; then fitted to the ground, joined where
 * they cross, and cut where they need a bridge, a tunnel or a ford. Yields the share done.
 */
export function* makeNetwork(brief: Brief, land: Land, people: People): Generator<number, Network> {
  const ground = new Ground(land)
  const draft = new Draft(ground, latticeOf(land.grid))
  const held = builtUp(land, people)
  const settled = settle(brief, land, people, draft, held)
  yield 0.05
  const work = layTraces(draft, held, settled.city.middle)
  let step = work.next()
  for (; !step.done; step = work.next()) yield 0.05 + 0.1 * step.value
  const traces = step.value
  for (const share of layTrunk(brief, people, draft, held, settled)) yield 0.15 + 0.3 * share
  for (const share of layRural(brief, people, draft, held, settled)) yield 0.45 + 0.35 * share
  const { pointOf, ...mesh } = meshOf(draft)
  fit(ground, mesh)
  const rivers = riverLines(land, ground)
  for (let round = 0; round < 3 && keepToBanks(ground, mesh, rivers) > 0; round++) yield 0.88
  const carriageways = addTraces(mesh, traces, rank => draft.roads.push(TRACE_ROADS[rank]!) - 1).filter(
    line => line.rank === RANK.motorway,
  )
  keepDry(ground, mesh, rivers)
  const booths = addInterchanges(
    mesh,
    carriageways,
    draft.x(settled.city.middle),
    draft.y(settled.city.middle),
  )
  simplify(mesh, 2.5, new Set(booths))
  for (let round = 0; round < 4 && roundLakes(ground, mesh) > 0; round++) yield 0.9
  joinCrossings(mesh)
  prune(mesh)
  yield 0.92
  gentle(ground, mesh)
  const pieces = piecesOf(ground, mesh, rivers)
  yield 0.96
  const network = networkOf(brief, ground, people, draft, mesh, pieces, booths)
  const streets = new Set(settled.city.names)
  orderTraffic(brief.seed, network, way => streets.has(pieces[way].named))
  const driven = drivenFrom(mesh, pointOf.get(settled.city.middle)!)
  const near = pointsNear(mesh, driven)
  settled.villages.forEach(({ middle }, village) => {
    const { cell } = people.villages[village]
    const reached = driven(pointOf.get(middle)) && near(ground.x(cell), ground.y(cell), ON_FOOT_M)
    if (!reached) network.footOnly.push({ village })
  })
  settled.hamlets.forEach((node, hamlet) => {
    if (!driven(pointOf.get(node))) network.footOnly.push({ hamlet })
  })
  return network
}

function networkOf(
  { seed }: Brief,
  ground: Ground,
  people: People,
  draft: Draft,
  { x, y }: { x: number[]; y: number[] },
  pieces: Piece[],
  booths: number[],
): Network {
  const network: Network = {
    lon: [],
    lat: [],
    nodeTags: new Map(),
    ways: [],
    restrictions: [],
    bridges: [],
    underpasses: [],
    footOnly: [],
  }
  const nodeOf = new Map<number, number>()
  const node = (point: number): number => {
    let id = nodeOf.get(point)
    if (id === undefined) {
      const [lon, lat] = ground.lonLat(x[point], y[point])
      network.lon.push(lon)
      id = network.lat.push(lat) - 1
      nodeOf.set(point, id)
    }
    return id
  }
  const book = new BridgeBook(seed, ground, people)
  for (const piece of pieces) {
    const tags = tagsOf(seed, draft.roads, piece)
    const way = network.ways.push({ nodes: piece.points.map(node), tags }) - 1
    const [middle, lengthM] = middleOf({ x, y }, piece.points)
    if (piece.span?.kind === 'underpass') {
      const at = ground.lonLat(middle[0], middle[1])
      network.underpasses.push({
        name: book.nameOf(middle[0], middle[1], UNDERPASS),
        at,
        maxHeightM: Number(tags.maxheight),
      })
    }
    const bridge = book.enter(piece, way, middle[0], middle[1], lengthM)
    if (!bridge) continue
    network.bridges.push(bridge)
    if (bridge.maxWeightT !== null) tags.maxweight = String(bridge.maxWeightT)
    if (lengthM >= 25) {
      tags['bridge:name'] = bridge.name.zh
      tags['bridge:name:en'] = bridge.name.en
    }
  }
  for (const point of booths) network.nodeTags.set(node(point), { barrier: 'toll_booth' })
  return network
}

function middleOf(
  { x, y }: { x: number[]; y: number[] },
  points: number[],
): [middle: [number, number], lengthM: number] {
  let length = 0
  for (let i = 1; i < points.length; i++) {
    const [dx, dy] = [x[points[i]] - x[points[i - 1]], y[points[i]] - y[points[i - 1]]]
    length += Math.sqrt(dx * dx + dy * dy)
  }
  const [a, b] = [points[0], points[points.length - 1]]
  return [[(x[a] + x[b]) / 2, (y[a] + y[b]) / 2], length]
}
