import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { Refusal } from '../../../server/contract/errors.ts'
import { fromWgs84 } from './datum.ts'
import { readRegisterFile } from './read-file.ts'

const kml = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inside}</Document></kml>`
const placemark = (name: string, data: Record<string, string>, point = '82.8,38.9,0'): string =>
  `<Placemark><name>${name}</name><styleUrl>#a</styleUrl><ExtendedData>${Object.entries(data)
    .map(([key, value]) => `<Data name="${key}"><value>${value}</value></Data>`)
    .join('')}</ExtendedData><Point><coordinates>${point}</coordinates></Point></Placemark>`
const codeOf = (file: string, bytes: Uint8Array): Promise<string> =>
  readRegisterFile(file, bytes).then(
    () => 'read',
    (error: unknown) => {
      expect(error).toBeInstanceOf(Refusal)
      expect((error as Refusal).remedy?.en).toBeTruthy()
      return (error as Refusal).code
    },
  )

describe('KML', () => {
  test('placemarks of any maker, the register by the name of the file or as said', async () => {
    const text = kml(
      placemark('甲队', { 类别: '消防', 总人数: '12' }) + placemark('乙队', { 类别: '飞行' }, 'x'),
    )
    for (const [file, options] of [
      ['救援队伍.kml', {}],
      ['a.kml', { register: 'teams' }],
    ] as const) {
      const [sheet] = (await readRegisterFile(file, strToU8(text), options)).sheets
      expect(sheet.register).toBe('teams')
      expect(sheet.rows[0].record).toMatchObject({
        name: '甲队',
        at: [82.8, 38.9],
        fields: { kind: 'fire', people: 12 },
      })
      expect(sheet.rows[0].faults).toEqual([])
      expect(
        sheet.rows[1].faults.map(({ at, place }) => [at.row, at.column, at.head, place.zh]),
      ).toContainEqual([2, null, '类别', expect.stringMatching(/第 2 行“类别”列$/)])
    }
  })

  test('KMZ is unpacked; a bomb, a stranger, an open tag, a declared entity are refused', async () => {
    const text = kml(placemark('甲队', { 类别: '消防' }))
    const kmz = zipSync({ 'files/x.png': strToU8('x'), 'doc.kml': strToU8(text) })
    expect((await readRegisterFile('救援队伍.kmz', kmz)).sheets[0].rows).toHaveLength(1)
    expect(
      await codeOf('a.kmz', zipSync({ 'doc.kml': new Uint8Array(27 * 1024 * 1024 + 1) }, { level: 1 })),
    ).toBe('zip_too_large')
    expect(await codeOf('a.kmz', zipSync({ 'a.txt': strToU8('x') }))).toBe('kml_unreadable')
    expect(await codeOf('a.kml', strToU8('<html/>'))).toBe('kml_unreadable')
    expect(await codeOf('a.kml', strToU8(text.slice(0, -30)))).toBe('kml_unreadable')
    const lol = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    expect(await codeOf('a.kml', strToU8(text.replace('?>', `?>${lol}`)))).toBe('xml_entity')
  })
})

describe('GeoJSON', () => {
  const collection = (features: unknown[], more: object = {}): Uint8Array =>
    strToU8(JSON.stringify({ type: 'FeatureCollection', ...more, features }))
  const team = (geometry: unknown) => ({
    type: 'Feature',
    geometry,
    properties: { name: '甲队', 类别: '消防' },
  })

  test('points are positions; other shapes, and what is no feature, are named', async () => {
    const ring = [
      [
        [82.8, 38.9],
        [82.9, 38.9],
        [82.9, 39],
        [82.8, 38.9],
      ],
    ]
    const bytes = collection([
      team({ type: 'Point', coordinates: [82.8, 38.9] }),
      team({ type: 'Polygon', coordinates: ring }),
      team(null),
      null,
    ])
    const [sheet, strange] = (await readRegisterFile('teams.geojson', bytes)).sheets
    expect(strange.faults.map(({ at, text }) => [at.sheet, at.row, text.en])).toEqual([
      ['teams', 4, 'feature 4 is empty, or no feature'],
    ])
    expect(sheet.rows.map(({ row, record, faults }) => [row, record.at, faults.length])).toEqual([
      [1, [82.8, 38.9], 0],
      [2, null, 1],
      [3, null, 0],
    ])
    expect(sheet.rows[1].faults[0].text.en).toContain('Polygon')
  })

  test('members that are no features, or empty ones, are named by their numbers, however many', async () => {
    const odd = [null, 7, 'x', [], {}, { type: 'Feature', properties: null, geometry: null }, true]
    const { sheets } = await readRegisterFile('teams.geojson', collection(odd))
    expect(sheets).toMatchObject([{ name: 'teams', register: null, rows: [] }])
    expect(sheets[0].faults.map(({ at }) => at.row)).toEqual([1, 2, 3, 4, 5, 6, 7])
    const many = await readRegisterFile('teams.geojson', collection(Array<null>(500).fill(null)))
    expect(many.sheets[0].faults).toHaveLength(20)
    expect(many.sheets[0].faults[19].text.zh).toContain('另有 480 个')
  })

  test('of another coordinate system, or no collection, is refused', async () => {
    const crs = { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4528' } } }
    expect(await codeOf('a.geojson', collection([], crs))).toBe('register_crs')
    expect(await codeOf('a.geojson', strToU8('{"type":"Feature"}'))).toBe('register_geojson')
    expect(await codeOf('a.geojson', strToU8('null'))).toBe('register_geojson')
    expect(await codeOf('a.geojson', Uint8Array.of(0xff, 0x7b))).toBe('text_utf8')
  })
})

test('files of other kinds, and too large ones, are refused', async () => {
  expect(await codeOf('a.docx', strToU8('x'))).toBe('file_kind')
  expect(await codeOf('a', strToU8('x'))).toBe('file_kind')
  expect(await codeOf('a.csv', new Uint8Array(50 * 1024 * 1024 + 1))).toBe('book_too_large')
  expect(await codeOf('a.csv', strToU8(`名称\n${'甲\n'.repeat(50_001)}`))).toBe('table_rows')
})

describe('CSV', () => {
  const csv = (text: string, file = '救援队伍.csv', options = {}) =>
    readRegisterFile(file, strToU8(text), options)

  test('faults name the row that a spreadsheet shows, and its column', async () => {
    const { sheets } = await csv('名称,类别,主要\n"甲\n队",消防,x\n\n乙队,飞行,')
    expect(sheets[0].rows[1].faults[0]).toMatchObject({
      at: { sheet: '救援队伍', row: 4, column: 'B', head: '类别' },
      place: { zh: '“救援队伍”第 4 行“类别”列（B4）' },
    })
    expect(sheets[0].ignored).toEqual([{ sheet: '救援队伍', row: 1, column: 'C', head: '主要' }])
  })

  test('what is no register is said, until it is said which', async () => {
    const strange = await csv('名称,类型\n甲,消防', '一.csv')
    expect(strange.sheets).toMatchObject([
      { name: '一', register: null, rows: [], faults: [{ text: { zh: '认不出是哪种台账' } }] },
    ])
    const said = await csv('名称,类型\n甲,消防', '一.csv', { register: 'teams' })
    expect(said.sheets[0].rows[0].record).toMatchObject({ register: 'teams', fields: { kind: 'fire' } })
  })

  test('positions and lines are brought from the datum of the file; what was read stays at hand', async () => {
    const wgs: LonLat = [112.3456, 36.1234]
    for (const datum of ['gcj02', 'bd09'] as const) {
      const [lon, lat] = fromWgs84(wgs, datum)
      const text = `名称,经度,纬度,危险区范围\n甲,${lon},${lat},"${lon},${lat}; ${lon},${lat}"`
      const { sheets } = await csv(text, '山洪危险区.csv', { datum })
      const [row] = sheets[0].rows
      expect(row.asRead).toEqual([lon, lat])
      expect(distanceM(row.record.at!, wgs)).toBeLessThan(0.02)
      for (const point of row.record.fields.area as LonLat[]) expect(distanceM(point, wgs)).toBeLessThan(0.02)
    }
  })

  test('turned round, outside the county, outside China', async () => {
    const text = '名称,类别,经度,纬度\n甲,消防,38.9,82.8\n乙,消防,112.3,36.1\n丙,消防,82.8,38.9'
    const county = await csv(text, undefined, { bbox: [82.7, 38.8, 82.9, 39] })
    expect(county.sheets[0].rows.map(({ faults, warnings }) => [faults.length, warnings.length])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ])
    const border = {
      type: 'Polygon',
      coordinates: [
        [
          [112, 36],
          [113, 36],
          [113, 37],
          [112, 37],
          [112, 36],
        ],
      ],
    }
    const inside = await csv(text, undefined, { border })
    expect(inside.sheets[0].rows.map(({ warnings }) => warnings.length)).toEqual([0, 0, 1])
    const abroad = await csv('名称,类别,经度,纬度\n甲,消防,1.5,42.5')
    expect(abroad.sheets[0].rows[0].warnings[0].text.en).toBe('lies outside China')
  })
})
