import { expect, test } from 'vitest'
import type { Viewer } from '../contract/viewer.ts'
import { testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const ROOM = '/api/rooms/vale'
const as = (role: Viewer['role']): Viewer => ({ id: role, name: role, role })
const source = { name: '台账', asOf: null }

interface Page {
  changes: { seq: number }[]
  more: boolean
  next: number | null
}

/** All pages of a question, each gone on from as the one before says; a page too many fails. */
async function pages(app: TestApp, query: string, goOn: 'since' | 'until'): Promise<Page[]> {
  const all: Page[] = []
  for (let next: number | null | undefined; next !== null && all.length < 50;) {
    const page = (await (
      await app.get(`${ROOM}/changes?limit=3&${query}${next === undefined ? '' : `&${goOn}=${next}`}`)
    ).json()) as Page
    all.push(page)
    expect(page.more).toBe(page.next !== null)
    next = page.next
  }
  expect(all.at(-1)!.next).toBeNull()
  return all
}
const seqs = (all: Page[]): number[] => all.flatMap(({ changes }) => changes.map(({ seq }) => seq))

async function journal(): Promise<TestApp> {
  const app = await testApp({ viewer: as('duty') })
  const save = (key: number, register: string, id: string, fields: object, ifRev: number | null) => {
    const record = { register, id, name: id, at: null, source, fields }
    const input = { record, ifRev }
    return app.send('POST', `${ROOM}/commands`, { key: String(key), name: 'saveRecord', input })
  }
  await save(1, 'townships', 't', { kind: 'town' }, null)
  // Twelve that a reader may not see, then three rows, the last of which is edited to and fro.
  for (let i = 2; i <= 13; i++) await save(i, 'liaisonOfficers', `o${i}`, { township: 't' }, null)
  for (let i = 14; i <= 16; i++) await save(i, 'teams', `d${i}`, { kind: 'fire' }, null)
  for (let i = 17; i <= 25; i++) await save(i, 'teams', 'd16', { kind: 'fire', people: i }, i - 1)
  expect((await (await app.get(`${ROOM}/world`)).json()).seq).toBe(25)
  return app
}

test('paging goes on though all of a page is hidden, and ends; nothing is left out or told twice', async () => {
  const duty = await journal()
  const reader = await testApp({ viewer: as('reader'), store: duty.store })
  const all = Array.from({ length: 25 }, (_, i) => i + 1)
  expect(seqs(await pages(duty, '', 'since'))).toEqual(all)
  const seen = await pages(reader, '', 'since')
  expect(seqs(seen)).toEqual(all.filter(seq => seq < 2 || seq > 13))
  expect(seen.some(({ changes, more }) => changes.length === 0 && more)).toBe(true)
  expect(seqs(await pages(reader, 'until=15', 'since'))).toEqual([1, 14, 15])
})

test('of one row it goes back from the newest, no further than was asked', async () => {
  const app = await journal()
  const back = [25, 24, 23, 22, 21, 20, 19, 18, 17, 16]
  expect(seqs(await pages(app, 'entity=teams/d16', 'until'))).toEqual(back)
  expect(seqs(await pages(app, 'entity=teams/d16&since=20', 'until'))).toEqual([25, 24, 23, 22, 21])
  expect(await pages(app, 'entity=teams/d16&since=25', 'until')).toEqual([
    { changes: [], more: false, next: null },
  ])
})
