import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePbf, type FixtureNode, type FixtureWay } from '../../geodata/formats/pbf.fixture.ts'

export const TOWN: [number, number] = [110.5, 31.5]
const STEP = 0.004

/** A made-up valley for where no real country is at hand: a town, a trunk road, three dead-end side valleys. */
export function writeValley(folder: string): void {
  const nodes: FixtureNode[] = []
  const ways: FixtureWay[] = []
  const put = (lon: number, lat: number, tags?: Record<string, string>): number =>
    nodes.push({ id: nodes.length + 1, lon, lat, tags })
  const road = (
    from: number,
    count: number,
    dx: number,
    dy: number,
    tags: Record<string, string>,
  ): number[] => {
    const { lon, lat } = nodes[from - 1]!
    const refs = [from]
    for (let i = 1; i <= count; i++) {
      const bend = Math.sin(i / 3) * STEP * 0.6
      refs.push(put(lon + dx * STEP * i + dy * bend, lat + dy * STEP * i + dx * bend))
    }
    ways.push({ id: ways.length + 1, refs, tags })
    return refs
  }
  const centre = put(...TOWN, { place: 'town', name: '石桥镇', population: '8200' })
  const east = road(centre, 60, 1, 0, { highway: 'primary', ref: 'G342', name: '青石公路' })
  const west = road(centre, 60, -1, 0, { highway: 'primary', ref: 'G342', name: '青石公路' })
  const ends = [east[20]!, west[25]!, centre].map((from, i) =>
    road(from, 40, 0, i === 1 ? -1 : 1, { highway: 'unclassified', name: `第${'一二三'[i]}沟路` }),
  )
  const near = (ref: number, tags: Record<string, string>): number => {
    const { lon, lat } = nodes[ref - 1]!
    return put(lon + 0.0004, lat + 0.0004, tags)
  }
  ends.forEach((valley, i) => {
    near(valley[18]!, { place: 'village', name: `前${'松柏杨'[i]}村`, population: String(300 + 70 * i) })
    near(valley[38]!, { place: 'village', name: `后${'松柏杨'[i]}村` })
  })
  near(centre, { amenity: 'fire_station', name: '县消防大队' })
  near(east[1]!, { amenity: 'hospital', name: '县人民医院', emergency: 'yes' })
  near(west[2]!, { amenity: 'police', name: '石桥派出所' })
  near(east[40]!, { amenity: 'fire_station', name: '大营消防站' })
  near(west[45]!, { amenity: 'police', name: '黑石派出所' })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'roads.osm.pbf'), writePbf({ nodes, ways, asOf: '2026-04-04T00:00:00.000Z' }))
  writeFileSync(
    join(folder, 'pack.json'),
    JSON.stringify({ name: '青岭县', nameEn: 'Qingling', fictional: true }),
  )
}
