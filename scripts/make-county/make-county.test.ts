import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importCounty } from '../import/run.ts'
import { SILENT } from '../import/progress.ts'
import { groundFaults } from './checks/ground.ts'
import { type ReadPack, readPackFiles } from './checks/pack.ts'
import { registerFaults } from './checks/registers.ts'
import { roadFigures } from './checks/roads.ts'
import { type PackFile, putPack } from './pack-folder.ts'
import { CENTRE, makeCounty, packOf } from './run.ts'

const never = new AbortController().signal
const AREA_KM2 = 400

async function make(seed: number): Promise<PackFile[]> {
  const made = await makeCounty({ seed, widthKm: 20, heightKm: 20, centre: CENTRE }, SILENT, never)
  return packOf(made, 'made', SILENT, never)
}

const hashes = (files: PackFile[]): string[] =>
  files.map(({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`)

describe('a made county of 20 km', () => {
  let files: PackFile[]
  let pack: ReadPack
  beforeAll(async () => {
    files = await make(3)
    pack = await readPackFiles(files)
  }, 120_000)

  test('water finds its way out of it', () => {
    expect(groundFaults(pack)).toEqual([])
  }, 60_000)

  test('roads hang together, climb no more than they may, and reach every village', () => {
    const { faults } = roadFigures(pack, AREA_KM2)
    expect(faults).toEqual([])
  })

  test('registers come to what the plans ask, and hang together', () => {
    expect(registerFaults(pack)).toEqual([])
  })

  test('the same seed gives the same bytes, another seed another county', async () => {
    expect(hashes(await make(3))).toEqual(hashes(files))
    const other = await make(4)
    expect(other.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
    const same = hashes(other).filter(line => hashes(files).includes(line))
    expect(same.map(line => line.split(' ')[0])).toEqual(['pack.json'])
  }, 240_000)

  describe('imported', () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'fengtu-made-'))
      putPack(join(folder, 'pack'), files)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    test('gives an equal county each time, marked as fictional whatever its pack.json says', async () => {
      const now = (): string => '2026-01-01T00:00:00.000Z'
      const first = await importCounty({ folder: join(folder, 'pack'), dataDir: join(folder, 'a'), now })
      const open = files.map(file =>
        file.name === 'pack.json'
          ? {
              ...file,
              bytes: Buffer.from(
                Buffer.from(file.bytes).toString().replace('"fictional":true', '"fictional":false'),
              ),
            }
          : file,
      )
      putPack(join(folder, 'pack'), open)
      const again = await importCounty({ folder: join(folder, 'pack'), dataDir: join(folder, 'b'), now })
      expect(again.county.fictional).toBe(true)
      expect(again.counts).toEqual(first.counts)
      for (const part of Object.values(first.county.parts)) {
        const [a, b] = ['a', 'b'].map(data => readFileSync(join(folder, data, 'counties/made', part.file)))
        // Tile files are databases: their pages may lie in another order.
        if (part.file.endsWith('.mbtiles')) expect(b!.length).toBe(a!.length)
        else expect(b!.equals(a!)).toBe(true)
      }
      expect(first.counts).toMatchObject({ teams: 19 })
      expect(first.counts.places).toBeGreaterThan(60)
    }, 120_000)
  })
})
