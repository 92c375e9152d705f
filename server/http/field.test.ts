import { expect, test } from 'vitest'
import type { Viewer } from '../contract/viewer.ts'
import { unflatten } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import { testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const ROOM = '/api/rooms/vale'
const source = { name: '台账', asOf: null }
const row = (register: string, id: string, fields: object) => ({
  register,
  id,
  name: id,
  at: register === 'vehicles' ? null : [1.5, 42.5],
  source,
  fields,
})
const as = (role: Viewer['role'], more: Partial<Viewer> = {}): Viewer => ({
  id: role,
  name: role,
  role,
  ...more,
})
let keys = 0
const command = async (app: TestApp, name: string, input: object, room = ROOM) => {
  const answer = await app.send('POST', `${room}/commands`, { key: `k${keys++}`, name, input })
  return {
    status: answer.status,
    body: (await answer.json()) as { code?: string; right?: string; seq: number },
  }
}
const save = (app: TestApp, record: object, ifRev: number | null) =>
  command(app, 'saveRecord', { record, ifRev })
const idsOf = async (app: TestApp, kind: string): Promise<string[]> => {
  const world = unflatten(await (await app.get(`${ROOM}/world`)).json())
  return [...(world.kinds.get(kind)?.keys() ?? [])]
}

/** A county with two teams, a vehicle of each and a mine that has a contract with the first. */
async function situation() {
  const store = createMemoryStore('e1')
  const duty = await testApp({ store, viewer: as('duty') })
  const rows = [
    row('townships', 'x', { kind: 'town' }),
    row('townships', 'y', { kind: 'town' }),
    row('teams', 't1', { kind: 'fire', people: 30 }),
    row('teams', 't2', { kind: 'mine', people: 12 }),
    row('vehicles', 'v1', { team: 't1', kind: 'tanker' }),
    row('vehicles', 'v2', { team: 't2', kind: 'tanker' }),
    row('villages', 'p', { township: 'x', people: 300 }),
    row('villages', 'q', { township: 'y', people: 200 }),
  ]
  for (const one of rows) expect(await save(duty, one, null)).toMatchObject({ status: 200 })
  const inField = (more: Partial<Viewer>) => testApp({ store, viewer: as('field', more) })
  return { duty, team: await inField({ team: 't1' }), town: await inField({ township: 'x' }) }
}

test('a field viewer sees its own: world, files, layers, history', async () => {
  const { team, town } = await situation()
  expect([await idsOf(team, 'teams'), await idsOf(team, 'vehicles'), await idsOf(team, 'villages')]).toEqual([
    ['t1'],
    ['v1'],
    [],
  ])
  expect([await idsOf(town, 'teams'), await idsOf(town, 'townships'), await idsOf(town, 'villages')]).toEqual(
    [[], ['x'], ['p']],
  )
  const layer = await (await team.get('/ogc/collections/vehicles/items')).json()
  expect(layer.features.map(({ id }: { id: string }) => id)).toEqual(['v1'])
  const { changes } = await (await town.get(`${ROOM}/changes?limit=1000`)).json()
  expect(changes.flatMap(({ put }: { put: { id: string }[] }) => put.map(({ id }) => id))).toEqual(['x', 'p'])
  const other = await (await town.get(`${ROOM}/changes?entity=villages/q`)).json()
  expect(other.changes).toEqual([])
})

test('it reports on its own, and is told the missing right of anything else', async () => {
  const { team, town } = await situation()
  expect(await save(team, row('teams', 't1', { kind: 'fire', people: 28 }), 3)).toMatchObject({ status: 200 })
  expect(await save(town, row('villages', 'p', { township: 'x', people: 290 }), 7)).toMatchObject({
    status: 200,
  })
  const refused = { status: 403, body: { code: 'right_missing', right: 'editRecords' } }
  // Somebody else's, its own given away, somebody else's taken, one entered anew.
  expect(await save(team, row('teams', 't2', { kind: 'mine', people: 1 }), 4)).toMatchObject(refused)
  expect(await save(team, row('vehicles', 'v1', { team: 't2', kind: 'tanker' }), 5)).toMatchObject(refused)
  expect(await save(team, row('vehicles', 'v2', { team: 't1', kind: 'tanker' }), 6)).toMatchObject(refused)
  expect(await save(team, row('vehicles', 'v3', { team: 't1', kind: 'tanker' }), null)).toMatchObject(refused)
  const drop = { register: 'vehicles', id: 'v1', ifRev: 5 }
  expect(await command(team, 'removeRecord', drop)).toMatchObject(refused)
  expect(await command(team, 'saveRecords', { put: [], drop: [drop] })).toMatchObject(refused)
  expect(await command(team, 'openAll', {})).toMatchObject({ status: 403, body: { right: 'closeRoads' } })
})

test('a refusal tells it nothing of what it may not see', async () => {
  const { duty, team, town } = await situation()
  const liaison = row('liaisonOfficers', 'L1', { township: 'x', from: '水利局' })
  expect(await save(duty, { ...liaison, at: null }, null)).toMatchObject({ status: 200 })
  const said = new Set<string>()
  for (const ifRev of [null, 4, 99])
    for (const id of ['t2', 'nobody']) {
      const { status, body } = await save(team, row('teams', id, { kind: 'mine', people: 1 }), ifRev)
      expect([status, body.code]).toEqual([403, 'right_missing'])
      said.add(JSON.stringify(body).replaceAll(id, ''))
    }
  expect(said.size).toBe(1)
  for (const ifRev of [null, 9, 99])
    expect(await save(town, { ...liaison, at: null }, ifRev)).toMatchObject({
      status: 403,
      body: { code: 'right_missing' },
    })
  const world = unflatten(await (await duty.get(`${ROOM}/world`)).json())
  expect(world.kinds.get('liaisonOfficers')!.get('L1')).toMatchObject({ savedBy: 'duty' })
})

test('what all teams could do is not for it to compute', async () => {
  const { team } = await situation()
  const asked = await team.send('POST', '/api/dispatch', { county: 'vale', at: [1.5, 42.5] })
  expect([asked.status, (await asked.json()).right]).toEqual([403, 'plan'])
  const coverage = await team.send('POST', '/api/isochrones', {
    county: 'vale',
    points: 'teams',
    direction: 'from',
  })
  expect([coverage.status, (await coverage.json()).right]).toEqual([403, 'plan'])
  const { teams } = await (await team.get('/api/counties/vale')).json()
  expect(teams).toEqual([])
})

test('a facilitator closes roads in an exercise and not in the real situation', async () => {
  const app = await testApp({ viewer: as('facilitator') })
  const feature = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [1.5, 42.5] },
    properties: { kind: 'flood' },
  }
  const close = { id: 'c', feature }
  expect(await command(app, 'close', close)).toMatchObject({ status: 403, body: { right: 'closeRoads' } })
  const begun = await app.send('POST', '/api/rooms', {
    key: 'b',
    county: 'vale',
    slug: 'drill',
    name: '演练',
  })
  expect(begun.status).toBe(201)
  expect(await command(app, 'close', close, '/api/rooms/vale~drill')).toMatchObject({ status: 200 })
})
