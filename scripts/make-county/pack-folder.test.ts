import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { madeBy, putPack, takePlace } from './pack-folder.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const MARK = madeBy()
const MADE_BY = MARK.name

let parent: string
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'fengtu-pack-'))))
afterEach(() => rmSync(parent, { recursive: true, force: true }))

test('a pack is put in place whole, with its folders, and replaced whole', () => {
  const out = join(parent, 'deep', 'pack')
  putPack(out, [MARK, { name: 'registers/a.xlsx', bytes: bytes('1') }])
  expect(readFileSync(join(out, 'registers/a.xlsx'), 'utf8')).toBe('1')
  putPack(out, [MARK, { name: 'b.txt', bytes: bytes('2') }])
  expect(readdirSync(out).sort()).toEqual(['b.txt', MADE_BY])
  expect(readdirSync(join(parent, 'deep'))).toEqual(['pack'])
})

test('what it did not make is never touched', () => {
  const out = join(parent, 'own')
  mkdirSync(out)
  writeFileSync(join(out, 'teams.csv'), 'mine')
  expect(() => takePlace(out)).toThrow(expect.objectContaining({ code: 'out_not_empty' }))
  expect(() => putPack(out, [MARK])).toThrow(expect.objectContaining({ code: 'out_not_empty' }))
  expect(readFileSync(join(out, 'teams.csv'), 'utf8')).toBe('mine')
  expect(readdirSync(parent)).toEqual(['own'])
  writeFileSync(join(parent, 'file'), '')
  expect(() => takePlace(join(parent, 'file'))).toThrow(expect.objectContaining({ code: 'out_is_file' }))
})

test('nor what somebody put there while the pack was being made', () => {
  const out = join(parent, 'own')
  const place = takePlace(out)
  mkdirSync(out)
  writeFileSync(join(out, 'teams.csv'), 'mine')
  expect(() => place.put([MARK])).toThrow(expect.objectContaining({ code: 'out_not_empty' }))
  place.end()
  expect(readdirSync(out)).toEqual(['teams.csv'])
  expect(readdirSync(parent)).toEqual(['own'])
})

test('of two at once the second is refused before its long work, in both languages', () => {
  const out = join(parent, 'pack')
  const place = takePlace(out)
  const refused = (): void => {
    takePlace(out)
  }
  expect(refused).toThrow(expect.objectContaining({ code: 'out_busy' }))
  expect(refused).toThrow(
    expect.objectContaining({
      text: {
        zh: `另一个 make-county（进程 ${process.pid}）正在写 ${out}`,
        en: `Another make-county (process ${process.pid}) is at work on ${out}`,
      },
    }),
  )
  place.put([MARK])
  place.end()
  expect(readdirSync(parent)).toEqual(['pack'])
})

test('a failing write leaves the pack that was there and nothing half made', () => {
  const out = join(parent, 'pack')
  putPack(out, [MARK, { name: 'a', bytes: bytes('old') }])
  const clash = [MARK, { name: 'a', bytes: bytes('new') }, { name: 'a/b', bytes: bytes('no folder') }]
  expect(() => putPack(out, clash)).toThrow()
  expect(readFileSync(join(out, 'a'), 'utf8')).toBe('old')
  expect(readdirSync(parent)).toEqual(['pack'])
})

test('what a killed making left is cleared, and a pack caught in the swap comes back', () => {
  const gone = 2 ** 22 - 3
  mkdirSync(join(parent, `.pack.tmp-${gone}`))
  mkdirSync(join(parent, `.pack.old-${gone}`))
  writeFileSync(join(parent, `.pack.old-${gone}`, MADE_BY), MARK.bytes)
  mkdirSync(join(parent, '.other.tmp-1x'))
  // The new pack cannot be written: the one from before the kill must be back.
  expect(() =>
    putPack(join(parent, 'pack'), [
      { name: 'a', bytes: bytes('') },
      { name: 'a/b', bytes: bytes('') },
    ]),
  ).toThrow()
  expect(existsSync(join(parent, 'pack', MADE_BY))).toBe(true)
  expect(readdirSync(parent).sort()).toEqual(['.other.tmp-1x', 'pack'])
})
