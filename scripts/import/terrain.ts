import type { Text } from '../../server/contract/errors.ts'
import { Refusal } from '../../server/contract/errors.ts'
import type { Bbox } from '../../server/contract/geo.ts'
import type { RoadNetwork } from '../../server/contract/roads.ts'
import {
  type Elevation,
  type Grid,
  countVoids,
  cropGrid,
  elevationOf,
  withoutVoids,
} from '../../geodata/formats/elevation.ts'
import { readGeotiff } from '../../geodata/formats/geotiff.ts'
import { readHgt } from '../../geodata/formats/hgt.ts'
import { unzip } from '../../geodata/formats/zip.ts'
import { grown } from '../../geodata/tiles/mercator.ts'
import { type Folder, type SourceFile, named, readSource } from './folder.ts'

export interface Terrain {
  elevation: Elevation
  /** Only those that touch the county. */
  sources: Pick<SourceFile, 'name' | 'sha256'>[]
  notes: Text[]
}

/**
 * Reads the folder's terrain files, one after the other, keeping only what lies around the county.
 * @returns null with notes where there is no terrain or none of it touches the county
 * @throws Refusal hgt_*, geotiff_*, zip_*
 */
export async function readTerrain(
  folder: Folder,
  bbox: Bbox,
  onFile: (done: number) => Promise<void>,
): Promise<Terrain | { elevation: null; notes: Text[] }> {
  const around = grown(bbox, 0.5, 0.05, 0.25)
  const grids: Grid[] = []
  const sources: Terrain['sources'] = []
  for (const [i, name] of folder.terrain.entries()) {
    const file = readSource(folder, name)
    const parts = await readGrids(file).catch((error: unknown) => {
      throw named(name, error)
    })
    const near = parts.flatMap(grid => cropGrid(grid, around) ?? [])
    if (near.length > 0) sources.push({ name, sha256: file.sha256 })
    grids.push(...near)
    await onFile((i + 1) / folder.terrain.length)
  }
  if (grids.length === 0) return { elevation: null, notes: [folder.terrain.length ? ELSEWHERE : NO_TERRAIN] }
  const voids = grids.reduce((sum, grid) => sum + countVoids(grid), 0)
  const samples = grids.reduce((sum, grid) => sum + grid.data.length, 0)
  return { elevation: elevationOf(grids.map(withoutVoids)), sources, notes: voidsNote(voids, samples) }
}

async function readGrids({ name, bytes }: SourceFile): Promise<Grid[]> {
  if (/\.tiff?$/i.test(name)) return [await readGeotiff(name, bytes)]
  if (/\.hgt$/i.test(name)) return [readHgt(name, bytes)]
  const entries = unzip(bytes, entry => /\.hgt$/i.test(entry))
  if (entries.length === 0) {
    throw new Refusal(
      'zip_no_hgt',
      422,
      { zh: `${name} 里没有 *.hgt`, en: `${name} holds no *.hgt` },
      { zh: '请重新下载该文件。', en: 'Download the file again.' },
    )
  }
  // Some archives call their entry other than themselves; either name may carry the corner.
  return entries.map(entry =>
    readHgt(/[NS]\d{2}[EW]\d{3}/i.test(entry.name) ? entry.name : name, entry.bytes),
  )
}

/** How much of the roads the terrain does not cover. */
export function coverageNote(elevation: Elevation, network: RoadNetwork): Text[] {
  const { lonE7, latE7 } = network
  const step = Math.max(1, Math.floor(lonE7.length / 20_000))
  let [asked, outside] = [0, 0]
  for (let i = 0; i < lonE7.length; i += step) {
    asked++
    if (Number.isNaN(elevation.sample(lonE7[i] / 1e7, latE7[i] / 1e7))) outside++
  }
  if (outside === 0) return []
  const percent = percentOf(outside, asked)
  return [
    {
      zh: `高程没有覆盖 ${percent} 的道路；那里没有地形起伏`,
      en: `The terrain does not cover ${percent} of the roads; the ground is not shown there`,
    },
  ]
}

const percentOf = (part: number, whole: number): string => {
  const percent = (part / whole) * 100
  return percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`
}

function voidsNote(voids: number, samples: number): Text[] {
  if (voids === 0) return []
  const percent = percentOf(voids, samples)
  return [
    {
      zh: `高程有 ${voids} 个空值（${percent}），已用四周的高程填补`,
      en: `The terrain has ${voids} void samples (${percent}), filled from the ground around them`,
    },
  ]
}

const NO_TERRAIN: Text = {
  zh: '文件夹里没有高程（*.hgt、*.hgt.zip、GeoTIFF），地图不显示地形起伏',
  en: 'The folder has no terrain (*.hgt, *.hgt.zip, GeoTIFF); the map shows no relief',
}
const ELSEWHERE: Text = {
  zh: '文件夹里的高程都不在本县范围内，地图不显示地形起伏',
  en: 'None of the terrain in the folder lies in the county; the map shows no relief',
}
