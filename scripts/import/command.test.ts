import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countiesDir } from '../../geodata/counties.ts'
import { writePbf } from '../../geodata/formats/pbf.fixture.ts'
import { writeBook } from '../../geodata/formats/workbook-write.ts'
import { type Workspace, grid, workspace } from './import.fixture.ts'

const BAD = [
  ['名称', '类别', '总人数'],
  ['甲队', '军队', '很多'],
]
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let work: Workspace
beforeEach(() => (work = workspace()))
afterEach(() => work.remove())

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'scripts/import.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, FENGTU_DATA: work.data },
  })

const ended = (child: ChildProcess): Promise<{ code: number | null; text: string }> =>
  new Promise(resolve => {
    let text = ''
    child.stdout!.on('data', part => (text += part))
    child.stderr!.on('data', part => (text += part))
    child.on('close', code => resolve({ code, text }))
  })

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 3000 && !holds(); i++) await new Promise(resolve => setTimeout(resolve, 5))
  expect(holds()).toBe(true)
}

const building = (): boolean =>
  existsSync(countiesDir(work.data)) && work.beside().some(name => name.startsWith('.fushan.tmp-'))

describe('the command', () => {
  test('imports, in plain lines, and says what it did', async () => {
    work.put('a.osm.pbf', writePbf(grid(5, 0.01)))
    const { code, text } = await ended(start(work.pack))
    expect(code).toBe(0)
    expect(text).toMatch(/\[5\/5\].*draw the terrain/)
    expect(text).toMatch(/Fushan（fushan）已导入/)
    expect(text).not.toContain('\r')
  }, 30_000)

  test('unknown options, no folder, a bad id: one sentence with code and remedy, exit 1', async () => {
    for (const [args, code] of [
      [['--fast', work.pack], 'usage'],
      [[], 'usage'],
      [[work.pack, '--id', 'Fu Shan'], 'bad_id'],
      [[join(work.base, 'none')], 'folder_missing'],
    ] as const) {
      const { code: exit, text } = await ended(start(...args))
      expect([exit, text]).toEqual([1, expect.stringContaining(`[${code}]`)])
      expect(text).toContain('→')
    }
    expect(existsSync(work.data)).toBe(false)
  }, 60_000)

  test('all that is wrong with a table, so that it is corrected in one go', async () => {
    work.put('a.osm.pbf', writePbf(grid(3, 0.01)))
    work.put('teams.csv', 'name,kind,lon,lat\nx,fire,112,north\ny,army,112,36\n')
    const { code, text } = await ended(start(work.pack))
    expect(code).toBe(1)
    expect(text).toMatch(/\[register_rows_bad\] \[teams\.csv:2:lat\] .*另有 1 处/)
    expect(text).toMatch(/\n {2}第 3 行“kind”列：“army”不认识 \/ row 3, column "kind": "army" is not known/)
    work.put('队伍.xlsx', await writeBook([{ name: '救援队伍', rows: BAD, columns: [] }], 'test'))
    rmSync(join(work.pack, 'teams.csv'))
    const book = await ended(start(work.pack))
    expect(book.text).toMatch(
      /\[table_cells\] \[队伍\.xlsx:救援队伍!B2\] .*第 2 行“类别”列（B2）：“军队”不在可选项中/,
    )
    expect(book.text).toMatch(/\n {2}队伍\.xlsx 工作表“救援队伍”第 2 行“总人数”列（C2）：“很多”不是/)
  }, 30_000)

  test('kill -9 leaves the county that was there, and the next import clears up', async () => {
    work.put('a.osm.pbf', writePbf(grid(5, 0.01)))
    await work.run()
    const before = work.snapshot()
    work.put('a.osm.pbf', writePbf(grid(120, 0.005)))
    const child = start(work.pack)
    const end = ended(child)
    await until(building)
    // A second import meanwhile is turned away.
    expect((await work.refused()).code).toBe('import_running')
    child.kill('SIGKILL')
    await end
    expect(work.snapshot()).toEqual(before)
    work.put('a.osm.pbf', writePbf(grid(4, 0.01)))
    const { county } = await work.run()
    expect(county.bbox).toEqual([112, 36, 112.03, 36.03])
    expect(work.beside()).toEqual(['fushan'])
  }, 60_000)

  test('SIGTERM cleans up after itself', async () => {
    work.put('a.osm.pbf', writePbf(grid(120, 0.005)))
    const child = start(work.pack)
    const end = ended(child)
    await until(building)
    child.kill('SIGTERM')
    const { code, text } = await end
    expect([code, text]).toEqual([143, expect.stringContaining('Interrupted')])
    expect(work.beside()).toEqual([])
  }, 60_000)
})
