import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { networkOf } from '../algo/random.fixture.ts'
import { buildGraph } from '../algo/roads/build.ts'
import type { Persons } from '../contract/registers/persons.ts'
import type { Viewer } from '../contract/viewer.ts'
import { createMemoryStore } from '../db/memory.ts'
import { openPersons } from '../db/persons.ts'
import type { Store } from '../db/store.ts'
import { startWorker } from '../db/thread.ts'
import { testApp, vale } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'
import { createExchange } from './exchange.thread.ts'
import type { PreviewAnswer } from './exchange.ts'

vi.setConfig({ testTimeout: 60_000 })
const ROOM = '/api/rooms/vale'
const PHONES = ['+86 13900001111', '0351-0123456', '００１２３４５６７', '013900001111转8']
const as = (id: string, role: Viewer['role'] = 'duty'): Viewer => ({ id, name: id, role })

const county = vale()
county.graph = new SharedArrayBuffer(0)
const exchange = createExchange({
  startWorker: () => startWorker(new URL('../exchange.worker.ts', import.meta.url)),
})
beforeAll(() => {
  const road: [number, number][] = [
    [15_000_000, 425_000_000],
    [17_000_000, 425_000_000],
  ]
  const bytes = new Uint8Array(buildGraph(networkOf(road, [{ id: 1, nodes: [1, 2] }])))
  county.graph = new SharedArrayBuffer(bytes.length)
  new Uint8Array(county.graph).set(bytes)
  vi.spyOn(console, 'info').mockImplementation(() => {})
})
afterAll(() => exchange.close())

let folder: string
let kept: ReturnType<typeof openPersons>
let store: Store
let app: TestApp

/** The server on the journal and the persons as they stand; a second one is the first after a restart. */
const serve = (viewer = as('wang'), persons: Persons = kept): Promise<TestApp> => {
  const counties = { list: () => [county], get: () => county, problems: () => [] }
  return testApp({ counties, store, persons, exchange, viewer })
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fengtu-imports-'))
  kept = openPersons(join(folder, 'persons.sqlite'), () => undefined)
  store = createMemoryStore()
  app = await serve()
})
afterEach(() => {
  kept.close()
  rmSync(folder, { recursive: true })
})

async function preview(file: string, body: string | Uint8Array, by = app, query = '') {
  const answer = await by.app.request(`${ROOM}/imports?file=${encodeURIComponent(file)}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: body as BodyInit,
  })
  return { status: answer.status, ...((await answer.json()) as PreviewAnswer & { id: string; seq: number }) }
}
const apply = async (id: string, key: string, by = app) => {
  const answer = await by.send('POST', `${ROOM}/imports/${id}/apply`, { key })
  return { status: answer.status, ...((await answer.json()) as { seq: number; code?: string }) }
}
const download = async (format: string, query = '&persons=true', by = app) =>
  by.get(`${ROOM}/export?format=${format}&register=teams,liaisonOfficers,townships${query}`)
const persons = async (by = app) =>
  (await (await by.get(`${ROOM}/persons`)).json()).persons as Record<string, unknown>[]
const journal = async () => JSON.stringify(await store.read('vale', 0))

const TEAMS = `编号,名称,类别,队长,队长电话
a,甲队,消防,赵某,${PHONES[0]}
b,乙队,消防,钱某,${PHONES[1]}
c,丙队,消防,,${PHONES[2]}
d,丁队,消防,孙某,${PHONES[3]}
e,戊队,消防,,`
const TOWNS = '编号,名称,类别\nt,某镇,镇'
const OFFICERS = '编号,名称,所属乡镇,电话\n1,李某,t,13900002222\n2,周某,t,'

/** Rows with persons beside them, as they came out of files. */
async function fill(): Promise<void> {
  for (const [i, [file, text]] of [
    ['乡镇街道.csv', TOWNS],
    ['救援队伍.csv', TEAMS],
    ['应急管理专员.csv', OFFICERS],
  ].entries()) {
    const { id, sums } = await preview(file!, text!)
    expect(sums.refused).toBe(0)
    expect(await apply(id, `fill${i}`)).toMatchObject({ status: 200 })
  }
}

describe('names and telephone numbers in files', () => {
  test('are shown row by row and kept beside the rows, never in the journal', async () => {
    const first = await preview('救援队伍.csv', TEAMS)
    expect(first.sums).toMatchObject({ added: 5, persons: 4 })
    expect(first.rows[0]!.persons).toEqual([
      { column: 'leader', from: null, to: '赵某' },
      { column: 'leaderPhone', from: null, to: PHONES[0] },
    ])
    expect(first.personsLeftOut).toBe(0)
    await apply(first.id, 'k')
    expect((await persons()).map(({ fields }) => (fields as Record<string, unknown>).leaderPhone)).toEqual(
      PHONES,
    )

    const next = TEAMS.replace('钱某', '吴某').replace('甲队', '甲大队')
    const second = await preview('救援队伍.csv', next)
    expect(second.rows.map(({ what, changes, persons: beside }) => [what, changes, beside])).toEqual([
      ['changed', [{ column: 'name', from: '甲队', to: '甲大队' }], undefined],
      ['changed', undefined, [{ column: 'leader', from: '钱某', to: '吴某' }]],
      ['same', undefined, undefined],
      ['same', undefined, undefined],
      ['same', undefined, undefined],
    ])
    expect(await apply(second.id, 'k2')).toMatchObject({ status: 200, seq: 2 })
    expect(await persons()).toMatchObject([
      { id: 'a', rev: 1, fields: { leader: '赵某' } },
      { id: 'b', rev: 2, fields: { leader: '吴某', leaderPhone: PHONES[1] }, savedBy: 'wang' },
      { id: 'c', rev: 1 },
      { id: 'd', rev: 1 },
    ])
    for (const text of [await journal(), await (await app.get(`${ROOM}/world`)).text()]) {
      expect(text).toContain('personsSaved')
      expect(text).not.toMatch(/赵某|钱某|吴某|139|0123456/)
    }
  })

  test.each(['xlsx', 'csv', 'geojson', 'kml'])(
    '%s: exported and imported again they change nothing',
    async format => {
      await fill()
      const { seq } = JSON.parse(await (await app.get(`${ROOM}/world`)).text())
      const answer = await download(format)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toContain('含姓名电话')
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const files = format === 'csv' ? Object.entries(unzipSync(bytes)) : [[`台账.${format}`, bytes] as const]
      for (const [name, file] of files) {
        for (const blanks of ['keep', 'unknown']) {
          const { id, sums, rows } = await preview(name, file, app, `&blanks=${blanks}`)
          expect(sums).toMatchObject({ added: 0, changed: 0, refused: 0, persons: 0, same: rows.length })
          expect(rows.length).toBeGreaterThan(0)
          expect(await apply(id, 'again')).toMatchObject({ status: 409, code: 'nothing_to_import' })
        }
      }
      expect(JSON.parse(await (await app.get(`${ROOM}/world`)).text()).seq).toBe(seq)
      if (format === 'geojson') for (const phone of PHONES) expect(strFromU8(bytes)).toContain(phone)
    },
  )

  test('leave the server only where that is asked for, by whoever may see them, and it is said who did', async () => {
    await fill()
    const without = await download('geojson', '')
    expect(await without.text()).not.toMatch(/leaderPhone|赵某|13900/)
    const [said, warned] = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn').mockImplementation(() => {})]
    said.mockClear()
    await download('geojson')
    expect(said.mock.calls.flat()).toEqual([expect.stringMatching(/wang \(duty\) GET .*\/export – 6$/)])
    for (const role of ['wall', 'reader', 'facilitator', 'evaluator', 'field', 'guest'] as const) {
      const other = await serve(as(role, role))
      const answer = await download('xlsx', '&persons=true', other)
      expect([role, answer.status]).toEqual([role, 403])
      expect(await answer.json()).toMatchObject({ code: 'right_missing', right: 'readPersons' })
      expect((await download('geojson', '', other)).status).toBe(200)
    }
    expect(warned.mock.calls.length).toBe(6)
    warned.mockRestore()
  })

  test('are left alone, and that is said, where whoever imports may not see them', async () => {
    await fill()
    const { bbox } = county.data.county
    const worldJson = await (await app.get(`${ROOM}/world`)).text()
    const against = { bbox, border: null, graph: county.graph, worldJson, persons: null }
    const how = { datum: 'wgs84', dropMissing: false, blanks: 'unknown' } as const
    const file = new TextEncoder().encode(TEAMS.replaceAll('某', '某某').replace('甲队', '甲大队'))
    const made = await exchange.preview('救援队伍.csv', file, how, against)
    const answer = JSON.parse(strFromU8(made.json)) as PreviewAnswer
    expect(answer).toMatchObject({ personsLeftOut: 4, sums: { changed: 1, same: 4, persons: 0 } })
    expect(JSON.parse(strFromU8(made.command!))).toMatchObject({ put: [{}], persons: [] })
    expect(strFromU8(made.persons)).toBe('[]')
  })

  test('wrong ones are named by sheet, row and column', async () => {
    const rows = ['1.39E+10', '1390000111', '3511234567', '见通讯录', '139000011112'].map(
      (phone, i) => `${i},队${i},消防,甲,${phone}`,
    )
    const seen = await preview('救援队伍.csv', ['编号,名称,类别,队长,队长电话', ...rows].join('\n'))
    expect(seen.rows.map(({ what, faults }) => [what, faults![0]!.place.zh])).toEqual(
      rows.map((_, i) => ['refused', `“救援队伍”第 ${i + 2} 行“队长电话”列（E${i + 2}）`]),
    )
  })

  test('a registered person without an id is known by name', async () => {
    await fill()
    const text = '名称,所属乡镇,电话\n李某,t,13900003333\n郑某,t,'
    const seen = await preview('应急管理专员.csv', text)
    expect(seen.rows.map(({ id, what, persons: beside }) => [id, what, beside])).toEqual([
      ['1', 'changed', [{ column: 'phone', from: '13900002222', to: '13900003333' }]],
      ['liaisonOfficers-3', 'added', [{ column: 'name', from: null, to: '郑某' }]],
    ])
    await apply(seen.id, 'k')
    expect(await persons()).toContainEqual(
      expect.objectContaining({ id: '1', name: '李某', fields: { phone: '13900003333' } }),
    )
    expect(await journal()).not.toMatch(/李某|郑某/)
  })
})

describe('applying', () => {
  test('ended between the journal and the persons: nothing is lost, the same file mends it', async () => {
    await fill()
    const before = await persons()
    const text = TEAMS.replaceAll('某', '某某').replace('甲队', '甲大队')
    const dying: Persons = { all: kept.all, save: () => Promise.reject(new Error('killed')) }
    const dies = await serve(as('wang'), dying)
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const first = await preview('救援队伍.csv', text, dies)
    expect((await apply(first.id, 'k', dies)).status).toBe(500)
    error.mockRestore()

    const restarted = await serve()
    const fieldsOf = (all: Record<string, unknown>[]) => all.map(({ id, fields }) => [id, fields])
    expect(fieldsOf(await persons(restarted))).toEqual(fieldsOf(before))
    expect((await apply(first.id, 'k', restarted)).status).toBe(404)
    const again = await preview('救援队伍.csv', text, restarted)
    expect(again.sums).toMatchObject({ same: 2, changed: 3, persons: 3 })
    expect(again.rows.every(({ changes }) => changes === undefined)).toBe(true)
    expect((await apply(again.id, 'k2', restarted)).status).toBe(200)
    expect((await preview('救援队伍.csv', text, restarted)).sums).toMatchObject({ same: 5, persons: 0 })
  })

  test('twice under one key happens once', async () => {
    const { id } = await preview('救援队伍.csv', TEAMS)
    expect([await apply(id, 'k'), await apply(id, 'k')]).toEqual([
      { status: 200, seq: 1 },
      { status: 200, seq: 1 },
    ])
    expect(await apply(id, 'other')).toMatchObject({ status: 409, code: 'record_exists' })
  })

  test('is refused whole where somebody has saved the persons of a row meanwhile', async () => {
    await fill()
    const { seq } = JSON.parse(await (await app.get(`${ROOM}/world`)).text())
    const text = TEAMS.replaceAll('某', '某某').replace('戊队', '戊大队')
    const { id } = await preview('救援队伍.csv', text)
    const fields = { leader: '陈某', leaderPhone: null }
    const saved = await app.send('PUT', `${ROOM}/persons/teams/d`, { key: 's', ifRev: 2, fields })
    expect(saved.status).toBe(200)
    expect(await apply(id, 'k')).toMatchObject({ status: 409, code: 'record_changed', current: { id: 'd' } })
    expect(JSON.parse(await (await app.get(`${ROOM}/world`)).text()).seq).toBe(seq + 1)
    expect((await persons()).find(one => one.id === 'd')).toMatchObject({ fields: { leader: '陈某' } })
  })

  test('a preview is its maker’s alone', async () => {
    const who = as('wang')
    const shared = await serve(who)
    const { id } = await preview('救援队伍.csv', TEAMS, shared)
    // Another asks the same server.
    who.id = 'li'
    expect(await apply(id, 'k', shared)).toMatchObject({ status: 404, code: 'import_unknown' })
    who.id = 'wang'
    expect((await apply(id, 'k', shared)).status).toBe(200)
  })
})

test('a file of 10,000 rows tells how far it is', async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `${i},队${i},消防`)
  const seen: (number | null)[] = []
  const asking = preview('救援队伍.csv', ['编号,名称,类别', ...rows].join('\n'), app, '&watch=w')
  const ask = async (): Promise<void> => {
    const answer = await (await app.get(`${ROOM}/imports/progress/w`)).json()
    expect(answer.limitS).toBe(120)
    if (answer.share !== null) seen.push(answer.share)
  }
  const timer = setInterval(() => void ask(), 5)
  const { sums } = await asking.finally(() => clearInterval(timer))
  expect(sums.added).toBe(10_000)
  expect(seen.length).toBeGreaterThan(0)
  for (const share of seen) expect(share! >= 0 && share! <= 1).toBe(true)
  expect(seen).toEqual([...seen].sort((a, b) => a! - b!))
  expect(await (await app.get(`${ROOM}/imports/progress/w`)).json()).toMatchObject({ share: null })
})
