import { existsSync, readFileSync } from 'node:fs'
import { openPbf } from '../../geodata/formats/pbf.ts'
import { collectOsm } from '../../geodata/osm/collect.ts'
import { roadsOf } from '../../geodata/osm/roads.ts'
import { finish } from '../../geodata/work.ts'
import type { RoadNetwork } from '../../server/contract/roads.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)

/** Real roads for measuring; they lie beside the project and are never part of it. */
export function roadNetwork(name: string): RoadNetwork | null {
  const file = new URL(`${name}/${name}.osm.pbf`, DATA)
  if (!existsSync(file)) return null
  return roadsOf(finish(collectOsm(openPbf(readFileSync(file)))))?.network ?? null
}
