import type { Text } from '../../server/contract/errors.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { REGISTERS } from '../../server/contract/registers/index.ts'
import { emptyBooks, registerBooks } from '../../geodata/formats/tables/write.ts'
import { geotiffOf } from '../../geodata/formats/geotiff-write.ts'
import type { Brief, Land, Network, People } from '../../geodata/packs/county.ts'
import type { Grid } from '../../geodata/packs/grid.ts'
import { osmOf } from '../../geodata/packs/osm.ts'
import { makePeople } from '../../geodata/packs/people/make-people.ts'
import { makeRegisters } from '../../geodata/packs/registers/make-registers.ts'
import { makeNetwork } from '../../geodata/packs/roads/make-network.ts'
import { seriesOf } from '../../geodata/packs/series/series.ts'
import { sourcesText } from '../../geodata/packs/sources.ts'
import { makeLand } from '../../geodata/packs/terrain/land.ts'
import { type Progress, SILENT, breathe, drive } from '../import/progress.ts'
import { type PackFile, madeBy } from './pack-folder.ts'

export const STEPS: Record<'land' | 'people' | 'roads' | 'registers' | 'files', Text> = {
  land: { zh: '造山川水系', en: 'raise and erode the land' },
  people: { zh: '安置村镇人口', en: 'settle towns and villages' },
  roads: { zh: '修道路桥隧', en: 'build roads, bridges, tunnels' },
  registers: { zh: '编登记台账', en: 'fill the registers' },
  files: { zh: '写出数据包', en: 'write the pack' },
}

/** Open sand sea in truth: no settlement, road or installation stands there. */
export const CENTRE: [number, number] = [82.8, 38.9]
export const COUNTY: Text = { zh: '青岭县', en: 'Qingling County' }
export const ADCODE = '990001'
const FICTIONAL = '虚构示范数据 fictional demonstration data'

/** A county as its makers see it, before it is written into files. */
export interface Made {
  brief: Brief
  land: Land
  people: People
  network: Network
  records: Map<string, RegisterRecord[]>
}

/** Makes a county from its seed. @throws Refusal county_size; the abort reason of `signal` */
export async function makeCounty(brief: Brief, progress: Progress, signal: AbortSignal): Promise<Made> {
  progress.step(STEPS.land)
  const land = await drive(makeLand(brief), progress, signal)
  progress.step(STEPS.people)
  await breathe(signal)
  const people = makePeople(brief, land)
  progress.step(STEPS.roads)
  const network = await drive(makeNetwork(brief, land, people), progress, signal)
  progress.step(STEPS.registers)
  await breathe(signal)
  const records = makeRegisters(brief, land, people, network)
  return { brief, land, people, network, records }
}

/** The files of a made county, in the formats of a real one's. */
export async function packOf(
  made: Made,
  id: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<PackFile[]> {
  const { brief, land, people, network, records } = made
  progress.step(STEPS.files)
  const files: PackFile[] = []
  const add = async (name: string, bytes: Uint8Array | string): Promise<void> => {
    files.push({ name, bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes })
    await breathe(signal)
  }
  await add('pack.json', json(identity(id)))
  files.push(madeBy(brief))
  await add(`${id}.osm.pbf`, osmOf(brief, land, people, network))
  progress.fraction(0.4)
  const raster = (grid: Grid, values: Float32Array, what: string): Promise<Uint8Array> =>
    drive(geotiffOf(grid, values, `${what}; ${FICTIONAL}`), SILENT, signal)
  await add('terrain.tif', await raster(land.grid, land.heightM, 'metres above the sea'))
  progress.fraction(0.6)
  await add('population.tif', await raster(people.grid, people.perCell, 'people per cell'))
  await add('boundary.geojson', json(boundary(land)))
  const books = await registerBooks(REGISTERS, records, { county: COUNTY, fictional: true })
  for (const [name, bytes] of books) await add(`registers/${name}`, bytes)
  progress.fraction(0.9)
  for (const [name, text] of seriesOf(brief, land, records)) await add(`series/${name}`, text)
  await add('SOURCES.md', sourcesText(brief, land, people, network, records))
  progress.end()
  return files
}

/** Empty registers for a real county to fill in. */
export async function templateFiles(): Promise<PackFile[]> {
  const books = await emptyBooks(REGISTERS)
  return [...books].map(([name, bytes]) => ({ name, bytes }))
}

const identity = (id: string): object => ({
  id,
  name: COUNTY.zh,
  nameEn: COUNTY.en,
  adcode: ADCODE,
  timeZone: 'Asia/Shanghai',
  fictional: true,
  attribution: [FICTIONAL],
})

const boundary = (land: Land): object => ({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {
        name: COUNTY.zh,
        nameEn: COUNTY.en,
        adcode: ADCODE,
        fictional: true,
        source: '虚构示范数据',
      },
      geometry: { type: 'Polygon', coordinates: [land.border] },
    },
  ],
})

const json = (value: unknown): string => `${JSON.stringify(value)}\n`
