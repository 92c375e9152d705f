import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { RoadNetwork } from '../../../server/contract/roads.ts'
import type { Grid } from '../../../geodata/formats/elevation.ts'
import { readGeotiff } from '../../../geodata/formats/geotiff.ts'
import { openPbf } from '../../../geodata/formats/pbf.ts'
import { readTables } from '../../../geodata/formats/tables/read.ts'
import { readBook } from '../../../geodata/formats/workbook.ts'
import { type OsmData, collectOsm } from '../../../geodata/osm/collect.ts'
import { roadsOf } from '../../../geodata/osm/roads.ts'
import { finish } from '../../../geodata/work.ts'
import type { PackFile } from '../pack-folder.ts'

/** A pack as anyone reads it: its files, through the readers for real counties' files. */
export interface ReadPack {
  terrain: Grid
  population: Grid
  osm: OsmData
  roads: RoadNetwork
  records: Map<string, RegisterRecord[]>
  border: [number, number][]
}

export async function readPackFiles(files: readonly PackFile[]): Promise<ReadPack> {
  const bytesOf = (pattern: RegExp): Uint8Array => {
    const file = files.find(({ name }) => pattern.test(name))
    if (!file) throw new Error(`the pack has no ${pattern.source}`)
    return file.bytes
  }
  const osm = finish(collectOsm(openPbf(bytesOf(/\.osm\.pbf$/))))
  const books = []
  for (const { name, bytes } of files.filter(file => file.name.endsWith('.xlsx'))) {
    books.push({ file: name, sheets: await readBook(name, bytes) })
  }
  const records = new Map<string, RegisterRecord[]>(REGISTERS.map(({ key }) => [key, []]))
  for (const record of readTables(REGISTERS, books).records) records.get(record.register)!.push(record)
  return {
    terrain: await readGeotiff('terrain.tif', bytesOf(/terrain\.tif$/)),
    population: await readGeotiff('population.tif', bytesOf(/population\.tif$/)),
    osm,
    roads: roadsOf(osm)!.network,
    records,
    border: JSON.parse(new TextDecoder().decode(bytesOf(/boundary\.geojson$/))).features[0].geometry
      .coordinates[0],
  }
}
