import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkFloors } from './floors/floors.ts'
import { checkHouse } from './floors/house.ts'
import { checkPackages } from './floors/packages.ts'
import { readProject } from './floors/read.ts'

const FILES = readProject(fileURLToPath(new URL('..', import.meta.url)))
const PACKAGE = JSON.parse(FILES.get('package.json')!)

describe('this project', { timeout: 60_000 }, () => {
  test('imports point down', () => expect(checkFloors(FILES)).toEqual([]))
  test('files are small, honestly named, free of raw HTML and of one machine’s paths', () =>
    expect(checkHouse(FILES)).toEqual([]))
  test('package.json names what is used, and nothing else', () =>
    expect(checkPackages(FILES, PACKAGE)).toEqual([]))
})

/** A project of a few lines, and what the checks say of it. */
const floors = (files: Record<string, string>) => checkFloors(new Map(Object.entries(files)))
const house = (path: string, text: string) => checkHouse(new Map([[path, text]]))

describe('a planted fault is found', () => {
  test.each([
    ['server/algo/a.ts', "import { b } from '../http/b.ts'", 'server/http/b.ts', /point down/],
    ['server/algo/a.ts', "export * from '../db/b.ts'", 'server/db/b.ts', /point down/],
    ['server/contract/a.ts', "import type { B } from '../algo/b.ts'", 'server/algo/b.ts', /point down/],
    ['server/http/a.ts', "import { b } from '../db/b.ts'", 'server/db/b.ts', /http may import only/],
    ['server/journal/a.ts', "const b = await import('../http/b.ts')", 'server/http/b.ts', /point down/],
    [
      'server/db/a.ts',
      "new Worker(new URL('../http/b.ts', import.meta.url))",
      'server/http/b.ts',
      /point down/,
    ],
    ['server/domain/a.ts', "import { b } from './b.ts'", 'server/domain/b.ts', /no other domain file/],
    ['client/panels/A.vue', "import { b } from '../api.ts'", 'client/api.ts', /client\/panels may import/],
    ['client/stores/a.ts', "import { b } from '../api.ts'", 'client/api.ts', /client\/stores may import/],
    [
      'client/map/layers/a.ts',
      "import { b } from '../../stores/b.ts'",
      'client/stores/b.ts',
      /may import only/,
    ],
    [
      'client/panels/a.ts',
      "import { b } from '../../server/algo/b.ts'",
      'server/algo/b.ts',
      /may import only/,
    ],
    ['geodata/formats/a.ts', "import { b } from '../mbtiles.ts'", 'geodata/mbtiles.ts', /point down/],
    [
      'server/http/a.ts',
      "import { b } from '../db/b.fixture.ts'",
      'server/db/b.fixture.ts',
      /tests and fixtures/,
    ],
    ['elsewhere/a.ts', '', 'elsewhere/b.ts', /stands on no floor/],
  ])('%s: %s', (path, text, other, rule) => {
    const script = path.endsWith('.vue') ? `<script setup lang="ts">\n${text}\n</script>` : text
    expect(floors({ [path]: script, [other]: '' })[0]).toMatch(rule)
  })

  test.each([
    ['server/algo/a.ts', "import { readFileSync } from 'node:fs'", /nothing of Node's/],
    ['server/contract/a.ts', "import { Hono } from 'hono'", /never imports such a package/],
    ['server/http/a.ts', "import { sql } from 'drizzle-orm'", /never imports such a package/],
    ['client/panels/a.ts', "import maplibre from 'maplibre-gl'", /never imports such a package/],
    ['client/map/layers/a.ts', "import { ref } from 'vue'", /never imports such a package/],
    ['server/domain/a.ts', 'export const a = () => Date.now()', /uses Date.now/],
    ['server/domain/a.ts', 'export const a = () => new Date()', /uses new Date\(\)/],
    ['server/algo/a.ts', 'export const a = Math.random', /uses Math.random/],
  ])('%s: %s', (path, text, rule) => expect(floors({ [path]: text })[0]).toMatch(rule))

  test('the sentence names the line, the import and the rule', () => {
    const text = "const a = 1\nimport { b } from '../http/b.ts'\n"
    expect(floors({ 'server/journal/a.ts': text, 'server/http/b.ts': '' })).toEqual([
      'server/journal/a.ts:2 imports server/http/b.ts: imports point down, and http (floor 5) lies above journal (floor 4).',
    ])
  })

  test('what is allowed is left alone', () => {
    const files = {
      'client/panels/a.ts': "import type { B } from '../../server/http/b.ts'\nimport { c } from '../ui/c.ts'",
      'client/ui/c.ts': '',
      'server/http/b.ts': "import { x } from '../contract/x.ts'",
      'server/http/b.test.ts': "import { y } from '../db/y.fixture.ts'",
      'server/contract/x.ts': "import { z } from 'zod'\nexport const at = (ms: number) => new Date(ms)",
      'server/db/y.fixture.ts': '',
    }
    expect(floors(files)).toEqual([])
  })

  test.each([
    ['server/http/utils.ts', '', /name it by what it does/],
    ['client/stores/queryHelpers.ts', '', /name it by what it does/],
    ['server/algo/long.ts', 'x\n'.repeat(301), /301 lines, over 300/],
    ['client/panels/A.vue', '<p v-html="x" />', /text is shown as text/],
    ['client/map/a.ts', 'popup.setHTML(x)', /text is shown as text/],
    ['README.md', `see /${'home'}/someone/x`, /path of one machine/],
  ])('%s', (path, text, rule) => expect(house(path, text)[0]).toMatch(rule))

  test.each(['server/algo/long.test.ts', 'client/locales/zh.ts'])('%s may be long', path =>
    expect(house(path, 'x\n'.repeat(400))).toEqual([]),
  )

  test('packages that are not used, not named, or only for development', () => {
    const files = new Map([['server/a.ts', "import { z } from 'zod'\nimport pg from 'pg'"]])
    const faults = checkPackages(files, {
      scripts: { lint: 'oxlint --deny-warnings' },
      dependencies: { hono: '4' },
      devDependencies: { pg: '8', oxlint: '1' },
    })
    expect(faults.map(fault => fault.replace(/[,;:].*/, ''))).toEqual([
      'server/a.ts imports zod',
      'server/a.ts runs at `npm start` and imports pg',
      'package.json names hono',
    ])
  })
})
