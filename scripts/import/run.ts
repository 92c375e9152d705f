import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { County } from '../../server/contract/county.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { buildGraph } from '../../server/algo/roads/build.ts'
import { buildCounty } from '../../geodata/counties.ts'
import { syncFile } from '../../geodata/durable.ts'
import { extentWith, readBorder } from '../../geodata/formats/border.ts'
import { openPbf } from '../../geodata/formats/pbf.ts'
import { basemapOf } from '../../geodata/osm/basemap.ts'
import { collectOsm } from '../../geodata/osm/collect.ts'
import { roadsOf } from '../../geodata/osm/roads.ts'
import { type Pack, readPack } from '../../geodata/pack.ts'
import { TERRAIN_ZOOMS, terrainMaxzoom, terrainTiles } from '../../geodata/tiles/terrain.ts'
import { VECTOR_ZOOMS, vectorLayers, vectorTiles } from '../../geodata/tiles/vector.ts'
import type { ImportArguments } from './arguments.ts'
import { FICTIONAL_SOURCE, fictionOf } from './fiction.ts'
import { type Folder, type SourceFile, naming, readSource, scanFolder } from './folder.ts'
import { attributionOf, identityOf, timeZoneOf } from './identity.ts'
import { Parts } from './parts.ts'
import { readPeople } from './people.ts'
import { checkPopulation } from './population.ts'
import { type Progress, SILENT, breathe, drive } from './progress.ts'
import { readRegisters } from './registers.ts'
import { coverageNote, readTerrain } from './terrain.ts'

export interface ImportOptions extends ImportArguments {
  /** `.fengtu` or FENGTU_DATA. */
  dataDir: string
  progress?: Progress
  /** Aborting leaves the county that was there. */
  signal?: AbortSignal
  /** For county.json; the clock is the caller's. */
  now: () => string
}

export interface Imported {
  county: County
  counts: { nodes: number; ways: number; baseTiles: number; terrainTiles: number } & PeopleCounts
}
interface PeopleCounts {
  places: number
  teams: number
  facilities: number
  /** Rows of the registers. */
  records: number
}

export const STEPS: Record<'roads' | 'graph' | 'registers' | 'base' | 'terrain', Text> = {
  roads: { zh: '读取道路', en: 'read roads' },
  graph: { zh: '生成路网', en: 'build the road graph' },
  registers: { zh: '读取台账', en: 'read the registers' },
  base: { zh: '生成底图', en: 'draw the base map' },
  terrain: { zh: '生成地形', en: 'draw the terrain' },
}

/**
 * A pack in, a county out: reads a folder and puts `counties/ID/` in place as a whole, or not at all.
 * @throws Refusal with code, message and remedy; the abort reason of `signal`
 */
export async function importCounty(options: ImportOptions): Promise<Imported> {
  const folder = scanFolder(options.folder)
  const pack: Pack = folder.pack === null ? {} : readPack(readSource(folder, folder.pack).bytes)
  const identity = identityOf(options, pack)
  const build = buildCounty(options.dataDir, identity.id)
  try {
    const imported = await makeParts(build.dir, folder, pack, identity, options)
    writeFileSync(join(build.dir, 'county.json'), `${JSON.stringify(imported.county, null, 2)}\n`)
    syncFile(join(build.dir, 'county.json'))
    build.commit()
    return imported
  } finally {
    build.end()
  }
}

async function makeParts(
  dir: string,
  folder: Folder,
  pack: Pack,
  identity: ReturnType<typeof identityOf>,
  { progress = SILENT, signal = new AbortController().signal, now }: ImportOptions,
): Promise<Imported> {
  const parts = new Parts(dir)
  progress.step(STEPS.roads)
  const source = readSource(folder, folder.roads)
  const { data, roads } = await readRoads(source, progress, signal)
  const { network } = roads
  const asOf = data.header.asOf
  const border = folder.border === null ? null : readSource(folder, folder.border)
  const area = border && readBorder(border.name, border.bytes)
  const bbox = area ? extentWith(border.name, area, roads.bbox) : roads.bbox

  progress.step(STEPS.graph)
  await breathe(signal)
  parts.write('roads', 'roads.graph', new Uint8Array(buildGraph(network)), [source])
  if (area) parts.write('border', 'border.geojson', json(area), [border])

  progress.step(STEPS.registers)
  const registers = await readRegisters(folder, { bbox, border: area }, async done => {
    progress.fraction(done)
    await breathe(signal)
  })
  const codes = registers.records
    .filter(({ register }) => register === 'townships' || register === 'villages')
    .map(record => record.id)
  const fiction = fictionOf({ pack, id: identity.id, header: data.header, codes })
  const attribution = attributionOf(pack, fiction.fictional)
  const credit = attribution.join(', ')
  const factSource = { name: fiction.fictional ? FICTIONAL_SOURCE : 'OpenStreetMap', asOf }
  const people = readPeople({ folder, data, registers, bbox, source: factSource })
  parts.write('people', 'people.json', json(people.places), people.sources.places ?? [source])
  parts.write('teams', 'teams.json', json(people.teams), people.sources.teams ?? [source])
  parts.write('facilities', 'facilities.json', json(people.facilities), people.sources.facilities ?? [source])
  if (registers.sources.length > 0) {
    parts.write('records', 'records.json', json(registers.records), registers.sources)
    parts.write('persons', 'persons.json', json(registers.persons), registers.sources)
  }
  const populationNotes: Text[] = []
  if (folder.population !== null) {
    const population = readSource(folder, folder.population)
    populationNotes.push(...(await checkPopulation(population, people.places)))
    parts.write('population', 'population.tif', population.bytes, [population])
  }

  progress.step(STEPS.base)
  const { tiers, notes: areaNotes } = basemapOf(data, network.ways, [...people.places, ...people.labels])
  const drawnFrom = [source, ...(people.sources.places ?? [])]
  const baseTiles = await parts.tiles('base', 'base.mbtiles', drawnFrom, async writer => {
    const result = await drive(
      vectorTiles(tiers, bbox, tile => writer.put(tile)),
      progress,
      signal,
    )
    const zooms = { minzoom: VECTOR_ZOOMS.min, maxzoom: VECTOR_ZOOMS.max }
    const info = { name: identity.name, bounds: bbox, attribution: credit, ...zooms }
    return { result, info: { ...info, format: 'pbf', json: vectorLayers(tiers) } }
  })

  progress.step(STEPS.terrain)
  const terrain = await readTerrain(folder, bbox, () => breathe(signal))
  const terrainNotes = [...terrain.notes]
  let terrainCount = 0
  if (terrain.elevation !== null) {
    const { elevation, sources } = terrain
    terrainNotes.push(...coverageNote(elevation, network))
    terrainCount = await parts.tiles('terrain', 'terrain.mbtiles', sources, async writer => {
      const result = await drive(
        terrainTiles(elevation, bbox, tile => writer.put(tile)),
        progress,
        signal,
      )
      const maxzoom = terrainMaxzoom(elevation, (bbox[1] + bbox[3]) / 2)
      const zooms = { minzoom: TERRAIN_ZOOMS.min, maxzoom }
      const info = { name: identity.name, bounds: elevation.bbox, attribution: credit, ...zooms }
      return { result, info: { ...info, format: 'png', more: { encoding: 'mapbox' } } }
    })
  }
  progress.end()

  const { zone, notes: zoneNotes } = timeZoneOf(pack, bbox)
  const county = County.parse({
    ...identity,
    timeZone: zone,
    bbox,
    fictional: fiction.fictional,
    attribution,
    importedAt: now(),
    roadsAsOf: asOf,
    parts: parts.made,
    notes: [
      ...folder.notes,
      ...fiction.notes,
      ...roads.notes,
      ...registers.notes,
      ...people.notes,
      ...populationNotes,
      ...areaNotes,
      ...terrainNotes,
      ...zoneNotes,
      ...(asOf === null ? [UNDATED] : []),
    ],
  })
  return {
    county,
    counts: {
      nodes: network.nodeIds.length,
      ways: network.ways.length,
      places: people.places.length,
      teams: people.teams.length,
      facilities: people.facilities.length,
      records: registers.records.length,
      baseTiles,
      terrainTiles: terrainCount,
    },
  }
}

const json = (value: unknown): string => `${JSON.stringify(value)}\n`

async function readRoads(source: SourceFile, progress: Progress, signal: AbortSignal) {
  const file = naming(source.name, () => openPbf(source.bytes))
  const data = await drive(collectOsm(file), progress, signal).catch((error: unknown) => {
    throw naming(source.name, () => {
      throw error
    })
  })
  const roads = roadsOf(data)
  if (roads) return { data, roads }
  throw new Refusal(
    'no_roads',
    422,
    { zh: `${source.name} 中没有一条道路`, en: `${source.name} holds no road` },
    {
      zh: '请确认摘录的范围是本县，且没有滤掉 highway=*。',
      en: 'Check that the extract covers the county and that highway=* was not filtered out.',
    },
    source.name,
  )
}

const UNDATED: Text = {
  zh: '道路数据没有说明截至何时',
  en: 'The road data does not say when it was true',
}
