import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildGraph } from '../../server/algo/roads/build.ts'
import { INF, NONE, openGraph, type Graph } from '../../server/algo/roads/graph.ts'
import { networkOf, randomNetwork } from '../../server/algo/random.fixture.ts'
import { loadReal, present } from '../../server/algo/real.fixture.ts'
import { makeWeights, openTimes } from '../../server/algo/search/weights.ts'
import { Refusal } from '../../server/contract/errors.ts'
import type { Profile } from '../../server/contract/profile.ts'
import { ROAD_CLASSES, DEFAULT_SETTINGS } from '../../server/contract/settings.ts'
import { writeCounty } from '../../server/db/county.fixture.ts'
import { countiesDir } from '../../geodata/counties.ts'
import { finish } from '../../geodata/work.ts'
import { readArguments } from './arguments.ts'
import { exportGraph } from './run.ts'
import { arcLines, nodeLines } from './tables.ts'
import { writeTables } from './write.ts'

let base: string
beforeAll(() => (base = mkdtempSync(join(tmpdir(), 'export-'))))
afterAll(() => rmSync(base, { recursive: true }))

/** Every row of both tables against the arrays that a search reads. */
function compareTables(graph: Graph, profile: Profile): void {
  const open = openTimes(graph, profile, DEFAULT_SETTINGS)
  const walks = profile === 'foot'
  const { ms } = makeWeights(graph, open, walks, new Uint16Array(graph.edges))
  const lines = [...arcLines(graph, open)].slice(1)
  const touched = new Set<number>()
  let row = 0
  for (let node = 0; node < graph.nodes; node++) {
    const end = walks ? graph.first[node + 1] : graph.motorEnd[node]
    for (let arc = graph.first[node]; arc < end; arc++) {
      if (ms[arc] >= INF) continue
      const [tail, head, time, lengthM, way, cls] = lines[row++].split(',')
      const edge = graph.arcEdge[arc] === NONE ? null : graph.arcEdge[arc] >>> 1
      const [cm, from, named] =
        edge === null
          ? [0, 0, 'link']
          : [graph.edgeLengthCm[edge], graph.edgeWay[edge], ROAD_CLASSES[graph.edgeClass[edge]]]
      expect([+tail, +head, +time, Math.round(+lengthM * 100), +way, cls]).toEqual([
        node,
        graph.head[arc],
        ms[arc],
        cm,
        from,
        named,
      ])
      touched.add(+tail).add(+head)
    }
  }
  expect(row).toBe(lines.length)
  const nodes = [...nodeLines(graph, open)].slice(1).map(line => line.split(','))
  expect(nodes.map(([id]) => +id)).toEqual([...touched].sort((a, b) => a - b))
  for (const [id, lon, lat] of nodes) {
    expect([Math.round(+lon * 1e7), Math.round(+lat * 1e7)]).toEqual([graph.nodeLon[+id], graph.nodeLat[+id]])
  }
}

describe('the tables are the arrays that are searched, arc by arc', () => {
  test('for every profile on 60 random networks', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const graph = openGraph(buildGraph(randomNetwork(seed)))
      for (const profile of ['heavy', 'light', 'foot', { base: 'heavy', weightT: 3 }] as const) {
        compareTables(graph, profile)
      }
    }
  })

  for (const name of ['andorra', 'malta']) {
    test.skipIf(!present(name))(
      name,
      () => {
        for (const profile of ['heavy', 'foot'] as const) compareTables(loadReal(name).graph, profile)
      },
      60_000,
    )
  }
})

test('coordinates keep seven decimals on both sides of the meridian and the equator', () => {
  const graph = openGraph(
    buildGraph(networkOf([[-5, -12_345_678], [1_234_567_890, 3]], [{ id: 1, nodes: [1, 2] }])), // prettier-ignore
  )
  const lines = [...nodeLines(graph, openTimes(graph, 'heavy', DEFAULT_SETTINGS))]
  expect(lines.map(line => line.replace(/^\d+,/, '')).sort()).toEqual([
    '-0.0000005,-1.2345678',
    '123.4567890,0.0000003',
    'id,lon,lat',
  ])
})

describe('writing', () => {
  function* rows(n: number, fail = false): Generator<string, void, void> {
    for (let i = 0; i < n; i++) yield `row ${i} ${'x'.repeat(90)}`
    if (fail) throw new Error('half way')
  }

  test('goes aside first: a failure half way leaves the old files', () => {
    const dir = join(base, 'aside')
    finish(writeTables(dir, [{ name: 'a.csv', lines: rows(3), expected: 3 }]))
    const old = readFileSync(join(dir, 'a.csv'), 'utf8')
    const failing = [
      { name: 'a.csv', lines: rows(5000), expected: 5000 },
      { name: 'b.csv', lines: rows(5000, true), expected: 5000 },
    ]
    expect(() => finish(writeTables(dir, failing))).toThrow('half way')
    expect(readdirSync(dir)).toEqual(['a.csv'])
    expect(readFileSync(join(dir, 'a.csv'), 'utf8')).toBe(old)
  })

  test('of an invented county says so in a file beside; of a real one takes such a file away', async () => {
    const [dataDir, out] = [join(base, 'marked'), join(base, 'marked-out')]
    const ask = { dataDir, id: 'vale', profile: 'heavy' as const, out }
    writeCounty(countiesDir(dataDir), 'vale')
    await exportGraph(ask)
    expect(readFileSync(join(out, 'FICTIONAL.txt'), 'utf8')).toBe(
      'vale 县: 虚构示范数据 / fictional demonstration data\n',
    )
    expect(readFileSync(join(out, 'nodes.csv'), 'utf8')).toMatch(/^id,lon,lat\n/)
    writeCounty(countiesDir(dataDir), 'vale', county => ({ ...county, fictional: false }))
    await exportGraph(ask)
    expect(readdirSync(out)).toEqual(['arcs.csv', 'nodes.csv'])
  })

  test('says a file in the way of the folder, and an unknown county with those there are', async () => {
    mkdirSync(join(base, 'data/counties/other'), { recursive: true })
    const ask = { dataDir: join(base, 'data'), profile: 'heavy' as const, out: join(base, 'out') }
    await expect(exportGraph({ ...ask, id: 'nowhere' })).rejects.toMatchObject({ code: 'county_unknown' })
    await expect(exportGraph({ ...ask, id: 'other' })).rejects.toMatchObject({ code: 'county_broken' })
    const nothing = await exportGraph({ ...ask, id: 'nowhere' }).catch((e: Refusal) => e)
    expect((nothing as Refusal).remedy!.en).toContain('other')
    writeFileSync(join(base, 'file'), '')
    chmodSync(join(base, 'file'), 0o400)
    const dir = join(base, 'file/below')
    expect(() => finish(writeTables(dir, []))).toThrow(/ENOTDIR|EEXIST/)
  })
})

describe('arguments', () => {
  test('are read in either form, heavy by default', () => {
    expect(readArguments(['andorra', '--out', 'x'])).toEqual({ id: 'andorra', profile: 'heavy', out: 'x' })
    expect(readArguments(['--out=x', '--profile={"base":"heavy","weightT":30}', 'andorra'])).toEqual({
      id: 'andorra',
      profile: { base: 'heavy', weightT: 30 },
      out: 'x',
    })
  })

  test.each([
    [[], 'usage'],
    [['andorra'], 'usage'],
    [['andorra', '--out'], 'usage'],
    [['andorra', '--out', 'x', '--fast'], 'usage'],
    [['andorra', 'more', '--out', 'x'], 'usage'],
    [['../etc', '--out', 'x'], 'bad_id'],
    [['andorra', '--out', 'x', '--profile', 'tank'], 'bad_profile'],
    [['andorra', '--out', 'x', '--profile', '{"base":"heavy","weight":3}'], 'bad_profile'],
    [['andorra', '--out', 'x', '--profile', '{base'], 'bad_profile'],
  ])('%j is refused in both languages: %s', (args, code) => {
    try {
      readArguments(args)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ code })
      expect((error as Refusal).remedy!.zh).not.toBe((error as Refusal).remedy!.en)
    }
  })
})

test('the command says a refusal in one line with its remedy and ends with 1', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { status, stderr } = spawnSync('npx', ['tsx', 'scripts/export-graph.ts', 'nowhere', '--out', base], {
    cwd: root,
    env: { ...process.env, FENGTU_DATA: join(base, 'empty') },
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/\[county_unknown\] 没有“nowhere”这个县 \/ There is no county/)
  expect(stderr).toMatch(/→ 请先导入/)
})
