import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../server/contract/errors.ts'
import { buildCounty, countiesDir, countyDir, repairCounties } from './counties.ts'

/** No process has this number: Linux ends at 4,194,304. */
const DEAD = 99_999_999

let data: string
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'counties-'))))
afterEach(() => rmSync(data, { recursive: true }))

const put = (name: string, content: string): void => {
  const dir = join(countiesDir(data), name)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'county.json'), content)
}
const live = (id = 'fushan'): string | null => {
  const path = join(countyDir(data, id), 'county.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
const names = (): string[] => readdirSync(countiesDir(data)).sort()

test('a county is put in place as a whole, and its successor over it', () => {
  for (const content of ['first', 'second']) {
    const build = buildCounty(data, 'fushan')
    writeFileSync(join(build.dir, 'county.json'), content)
    build.commit()
    build.end()
    expect(live()).toBe(content)
    expect(names()).toEqual(['fushan'])
  }
})

test('what is not committed leaves no trace', () => {
  put('fushan', 'old')
  const build = buildCounty(data, 'fushan')
  writeFileSync(join(build.dir, 'county.json'), 'new')
  build.end()
  expect(live()).toBe('old')
  expect(names()).toEqual(['fushan'])
})

test('a second import of the same county is refused, of another is not', () => {
  const build = buildCounty(data, 'fushan')
  expect(() => buildCounty(data, 'fushan')).toThrow(Refusal)
  buildCounty(data, 'puxian').end()
  expect(repairCounties(data)).toEqual([])
  expect(existsSync(build.dir)).toBe(true)
  build.end()
  buildCounty(data, 'fushan').end()
})

const lock = (content: string): void => {
  mkdirSync(countiesDir(data), { recursive: true })
  writeFileSync(join(countiesDir(data), '.fushan.lock'), content)
}

describe('what a kill leaves is put right', () => {
  const [tmp, old] = [`.fushan.tmp-${DEAD}`, `.fushan.old-${DEAD}`]
  test.each([
    ['while building the first', [tmp], null],
    ['while building anew', ['fushan', tmp], 'fushan'],
    ['between the two renames', [old, tmp], old],
    ['after the swap', ['fushan', old], 'fushan'],
  ])('%s', (_, folders, survivor) => {
    for (const folder of folders) put(folder, folder)
    lock(JSON.stringify({ pid: DEAD, started: '1' }))
    repairCounties(data)
    expect(live()).toBe(survivor)
    expect(names()).toEqual(survivor === null ? [] : ['fushan'])
  })

  test('the next import does it too', () => {
    put(old, 'old')
    put(tmp, 'half')
    buildCounty(data, 'fushan').end()
    expect(live()).toBe('old')
    expect(names()).toEqual(['fushan'])
  })

  test('a lock whose number was given to another process does not hold', () => {
    lock(JSON.stringify({ pid: process.pid, started: 'long ago' }))
    buildCounty(data, 'fushan').end()
    expect(names()).toEqual([])
  })

  test('a county whose name begins alike is left alone', () => {
    put('fushan-2', 'other')
    put(`.fushan-2.old-${DEAD}`, 'other, before')
    put(old, 'old')
    buildCounty(data, 'fushan').end()
    expect(names()).toEqual([`.fushan-2.old-${DEAD}`, 'fushan', 'fushan-2'])
  })

  test('no data folder at all is nothing to repair', () => {
    expect(repairCounties(join(data, 'nowhere'))).toEqual([])
  })
})
