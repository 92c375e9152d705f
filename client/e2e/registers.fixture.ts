import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerBooks } from '../../geodata/formats/tables/write.ts'
import { REGISTERS } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { TOWN } from './valley.fixture.ts'

const SOURCE = { name: '青岭县应急管理局台账（虚构示范数据）', asOf: '2026-06-30' }
const [LON, LAT] = TOWN
/** The slope above the second side valley. */
export const SLOPE: [number, number] = [LON + 0.082, LAT + 0.03]

/** Down the valley, of which nobody has drawn the area yet. */
export const GULLY: [number, number] = [LON + 0.16, LAT + 0.012]

const row = (
  register: string,
  id: string,
  name: string,
  at: [number, number] | null,
  fields: RegisterRecord['fields'] = {},
  more: Partial<RegisterRecord> = {},
): RegisterRecord => ({ id, register, name, at, source: SOURCE, fields, ...more })

const ROWS: RegisterRecord[] = [
  row('teams', 'D1', '县消防救援大队', [LON + 0.0004, LAT + 0.0004], { kind: 'fire', people: 42 }),
  row('teams', 'D2', '石桥镇应急队', [LON + 0.01, LAT], { kind: 'township', people: 24 }),
  row('refuges', 'B1', '前松避险点', [LON + 0.092, LAT + 0.034], { capacity: 300 }),
  row('shelters', 'S1', '石桥中学避难场所', [LON + 0.004, LAT + 0.004], { kind: 'fixed', capacity: 1200 }),
  row(
    'geohazardPoints',
    'Z1',
    '前松后山滑坡',
    SLOPE,
    {
      kind: 'landslide',
      people: 31,
      level: '3',
      automatic: true,
      refuge: 'B1',
      area: ring(SLOPE, 0.003),
      wayOut: [
        [SLOPE[0] + 0.003, SLOPE[1]],
        [SLOPE[0] + 0.006, SLOPE[1] + 0.003],
        [LON + 0.092, LAT + 0.034],
      ],
    },
    { nameEn: 'Qiansong Slope' },
  ),
  row('geohazardPoints', 'Z2', '后柏崩塌', null, { kind: 'rockfall', people: 12 }),
  row(
    'geohazardPoints',
    'Z3',
    '大营泥石流',
    GULLY,
    { kind: 'debrisFlow' },
    {
      source: { name: SOURCE.name, asOf: '2021-03-01' },
    },
  ),
  row('stores', 'K1', '县应急物资库', [LON - 0.012, LAT - 0.004], { tier: 'county' }),
  row('stock', 'W1', '救灾帐篷', null, { store: 'K1', class: '1', quantity: 200, unit: '顶' }),
  row('stock', 'W2', '冲锋舟', null, { store: 'K1', class: '2', quantity: 4, unit: '艘' }),
]

function ring([lon, lat]: [number, number], r: number): [number, number][] {
  const corners = [0, 1, 2, 3, 4, 5].map((i): [number, number] => [
    lon + r * Math.cos((i * Math.PI) / 3),
    lat + r * Math.sin((i * Math.PI) / 3),
  ])
  return [...corners, corners[0]!]
}

/** Registers of the made-up valley as workbooks, and its border: what a county office would put into the folder. */
export async function writeValleyRegisters(folder: string): Promise<void> {
  const records = new Map(REGISTERS.map(r => [r.key, ROWS.filter(other => other.register === r.key)]))
  const used = REGISTERS.filter(r => records.get(r.key)!.length > 0)
  mkdirSync(join(folder, 'registers'), { recursive: true })
  const county = { zh: '青岭县', en: 'Qingling County' }
  for (const [name, bytes] of await registerBooks(used, records, { county, fictional: true }))
    writeFileSync(join(folder, 'registers', name), bytes)
  const [dx, dy] = [0.27, 0.19]
  const border = [
    [LON - dx, LAT - dy],
    [LON + dx, LAT - dy],
    [LON + dx * 0.9, LAT + dy],
    [LON - dx * 0.9, LAT + dy],
    [LON - dx, LAT - dy],
  ]
  const geometry = { type: 'Polygon', coordinates: [border] }
  writeFileSync(
    join(folder, 'boundary.geojson'),
    JSON.stringify({ type: 'Feature', properties: {}, geometry }),
  )
}
