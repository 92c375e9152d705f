import fc from 'fast-check'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { REGISTERS, registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterFile } from '../../../server/contract/registers/exchange.ts'
import type { RecordPersons, RegisterRecord } from '../../../server/contract/registers/record.ts'
import { partPersons } from '../tables/persons.ts'
import { sampleRecords } from '../tables/tables.fixture.ts'
import { previewRegister } from './preview.ts'
import { readRegisterFile } from './read-file.ts'
import { anyRecords } from './records.fixture.ts'
import { type Export, EXPORT_FORMATS, type ExportFormat, writeRegisters } from './write.ts'

// All registers many times over, on two cores that other suites share.
vi.setConfig({ testTimeout: 120_000 })

const ABOUT: Export = {
  lang: 'zh',
  fictional: true,
  at: '2026-11-22T01:42:00Z',
  county: { zh: '青岭县', en: 'Qingling' },
}
const BBOX = { bbox: [82.5, 38.7, 83, 39] as [number, number, number, number] }

async function written(
  format: ExportFormat,
  records: readonly RegisterRecord[],
  about: Export,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const file = await writeRegisters(format, REGISTERS, records, about)
  if (!file.name.endsWith('.zip')) return [file]
  return Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => ({ name, bytes }))
}

/** Everything that the files hold, as if it were one file. */
async function read(files: { name: string; bytes: Uint8Array }[]): Promise<RegisterFile> {
  const all = await Promise.all(files.map(({ name, bytes }) => readRegisterFile(name, bytes, BBOX)))
  return { ...all[0], sheets: all.flatMap(({ sheets }) => sheets) }
}

/** What is kept of persons, where anything is known. */
const known = (persons: readonly RecordPersons[]): Map<string, unknown> =>
  new Map(
    persons.flatMap(({ register, id, fields, ...named }) => {
      const said = Object.entries(fields).filter(([, value]) => value !== null)
      return said.length > 0 || named.name !== undefined
        ? [[`${register} ${id}`, { ...named, ...Object.fromEntries(said) }] as const]
        : []
    }),
  )

describe('an export that is read again changes nothing', () => {
  const worlds = fc.record({ records: anyRecords(REGISTERS, 3), open: fc.boolean(), english: fc.boolean() })
  test.each(EXPORT_FORMATS)('%s, every register, anything that a record may hold', async format => {
    await fc.assert(
      fc.asyncProperty(worlds, async ({ records, open, english }) => {
        const world = partPersons(records, REGISTERS)
        const about: Export = {
          ...ABOUT,
          lang: english ? 'en' : 'zh',
          ...(open ? {} : { persons: world.persons }),
        }
        const file = await read(await written(format, world.records, about))
        const preview = previewRegister(
          world.records.map((record, rev) => ({ record, rev })),
          file,
        )
        const odd = preview.rows.filter(({ what, warnings }) => what !== 'same' || warnings)
        expect(odd).toEqual([])
        expect(file.sheets.flatMap(({ faults }) => faults)).toEqual([])
        expect(preview.sums).toMatchObject({ same: records.length, refused: 0 })
        expect(preview.dropsOffered).toEqual([])
        expect(preview.command).toMatchObject({ put: [], drop: [] })
        expect(known(preview.persons)).toEqual(open ? new Map() : known(world.persons))
      }),
      { numRuns: 6, endOnFailure: true },
    )
  })
})

const { records: SAMPLE } = partPersons([...sampleRecords(REGISTERS, 3).values()].flat(), REGISTERS)

describe('a file', () => {
  test.each(EXPORT_FORMATS)(
    '%s: the same rows give the same bytes; persons only where asked for',
    async format => {
      const [first, again] = [await written(format, SAMPLE, ABOUT), await written(format, SAMPLE, ABOUT)]
      for (const [i, { bytes }] of first.entries()) expect(Buffer.compare(bytes, again[i].bytes)).toBe(0)
      const persons = [{ register: 'teams', id: 'teams-000', fields: { leaderPhone: '000-1234-5678' } }]
      const [open, whole] = await Promise.all(
        [{}, { persons }].map(more => writeRegisters('geojson', REGISTERS, SAMPLE, { ...ABOUT, ...more })),
      )
      expect(strFromU8(open.bytes)).not.toContain('leaderPhone')
      expect(strFromU8(whole.bytes)).toContain('000-1234-5678')
    },
  )

  test('carries the mark of invented data in every format, and none otherwise', async () => {
    const mark = '虚构示范数据：'
    for (const fictional of [true, false]) {
      const about = { ...ABOUT, fictional }
      const texts = await Promise.all(
        EXPORT_FORMATS.map(async format => {
          const { bytes } = await writeRegisters(format, [registerOf('teams')!], SAMPLE, about)
          return format === 'xlsx' ? strFromU8(unzipSync(bytes)['xl/sharedStrings.xml']) : strFromU8(bytes)
        }),
      )
      expect(texts.map(text => text.includes(mark))).toEqual([fictional, fictional, fictional, fictional])
    }
    const csv = await writeRegisters('csv', [registerOf('teams')!], SAMPLE, ABOUT)
    expect(Buffer.from(csv.bytes).toString()).toMatch(/^\ufeff# 虚构示范数据/)
    const kml = await writeRegisters('kml', [registerOf('teams')!], SAMPLE, ABOUT)
    expect(strFromU8(kml.bytes).split('<description>虚构示范数据').length).toBe(5)
  })

  test('names itself by county and register, and CSV of several is a zip of one file each', async () => {
    expect((await writeRegisters('kml', [registerOf('teams')!], [], ABOUT)).name).toBe('青岭县-救援队伍.kml')
    const zip = await writeRegisters('csv', REGISTERS.slice(0, 2), SAMPLE, ABOUT)
    expect([zip.name, zip.type]).toEqual(['青岭县-台账.zip', 'application/zip'])
    expect(Object.keys(unzipSync(zip.bytes))).toEqual(['乡镇街道.csv', '行政村.csv'])
  })

  test('formulas never run: text cells in Excel, one apostrophe more in CSV', async () => {
    const teams = registerOf('teams')!
    const team = { ...SAMPLE.find(({ register }) => register === 'teams')!, name: '=HYPERLINK("x")' }
    const book = unzipSync((await writeRegisters('xlsx', [teams], [team], ABOUT)).bytes)
    expect(strFromU8(book['xl/worksheets/sheet1.xml'])).not.toContain('<f>')
    const csv = await writeRegisters('csv', [teams], [team], ABOUT)
    expect(strFromU8(csv.bytes)).toContain(`,"'=HYPERLINK(""x"")",`)
  })

  test('CSV as Excel saves it on a Chinese Windows, in GB18030, is read the same', async () => {
    const csv = await writeRegisters('csv', [registerOf('villages')!], SAMPLE, { ...ABOUT, fictional: false })
    const utf8 = await readRegisterFile('行政村.csv', csv.bytes, BBOX)
    const text = new TextDecoder().decode(csv.bytes)
    const gbk = await readRegisterFile('行政村.csv', gbkOf(text), BBOX)
    expect([utf8.encoding, gbk.encoding]).toEqual(['utf-8', 'gb18030'])
    expect(gbk.sheets).toEqual(utf8.sheets)
    expect([utf8.notes.length, gbk.notes[0].en]).toEqual([0, expect.stringContaining('GB18030')])
    expect(utf8.sheets[0].rows).toHaveLength(3)
  })
})

/** GB18030 by looking every two-byte code up: the platform only decodes. */
function gbkOf(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  }
  return Uint8Array.from([...text].flatMap(c => (c < '\u0080' ? [...strToU8(c)] : codes.get(c)!)))
}
