import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Settlement, Team } from '../contract/entities.ts'
import type { RoadNetwork } from '../contract/roads.ts'
import { openPbf } from '../../geodata/formats/pbf.ts'
import { collectOsm } from '../../geodata/osm/collect.ts'
import { settlementsOf } from '../../geodata/osm/places.ts'
import { roadsOf } from '../../geodata/osm/roads.ts'
import { teamsOf } from '../../geodata/osm/services.ts'
import { finish } from '../../geodata/work.ts'
import { buildGraph } from './roads/build.ts'
import { openGraph, type Graph } from './roads/graph.ts'

/** A real country's roads, imported in memory. */
export interface RealCounty {
  name: string
  network: RoadNetwork
  graph: Graph
  settlements: Settlement[]
  teams: Team[]
}

const loaded = new Map<string, RealCounty>()
const file = (name: string): string =>
  fileURLToPath(new URL(`../../../shared/data/${name}/${name}.osm.pbf`, import.meta.url))

/** Is the extract beside the checkout? Says so where it is not: `describe.skipIf(!present('malta'))`. */
export function present(name: string): boolean {
  const there = existsSync(file(name))
  if (!there)
    console.log(`NOT RUN on ${name}: no ../shared/data/${name}/${name}.osm.pbf beside this checkout`)
  return there
}

/** Imported once per test file. */
export function loadReal(name: string): RealCounty {
  const known = loaded.get(name)
  if (known) return known
  const data = finish(collectOsm(openPbf(readFileSync(file(name)))))
  const { network } = roadsOf(data)!
  const source = { name: 'OpenStreetMap', asOf: null }
  const county = {
    name,
    network,
    graph: openGraph(buildGraph(network)),
    settlements: settlementsOf(data, source),
    teams: teamsOf(data, source),
  }
  loaded.set(name, county)
  return county
}
