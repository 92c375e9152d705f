import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { applyChanges, canonicalText, emptyWorld } from '../contract/world.ts'
import { freshDatabase, hasPostgres } from '../db/postgres.database.fixture.ts'
import { openPostgresStore } from '../db/postgres.ts'
import type { Store } from '../db/store.ts'
import type { Command } from './decide.ts'
import { readChange } from './hash.ts'
import { createRooms } from './rooms.ts'
import type { Rooms } from './rooms.ts'
import { verifyJournal } from './verify.ts'

const point = { type: 'Point' as const, coordinates: [1.5, 42.5] }
const feature = { type: 'Feature' as const, geometry: point, properties: { kind: 'flood' as const } }
const close = (id: string): Command => ({ name: 'close', input: { id, feature } })
const open = (id: string): Command => ({ name: 'open', input: { id } })

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
async function server(url: string): Promise<{ store: Store; rooms: Rooms }> {
  const store = await openPostgresStore(url)
  undo.push(() => store.close())
  const rooms = await createRooms({ store, now: () => new Date() })
  undo.push(() => rooms.close())
  return { store, rooms }
}

describe.skipIf(!hasPostgres)('two servers on one PostgreSQL', () => {
  test('keep one order, equal worlds, and a key sent through the other happens once', async () => {
    const url = await freshDatabase()
    const [one, two] = [await server(url), await server(url)]
    const [here, there] = [await one.rooms.get('vale'), await two.rooms.get('vale')]
    const sent: Promise<unknown>[] = []
    for (let i = 0; i < 150; i++) {
      const room = i % 2 ? here : there
      sent.push(room.run(close(`c${i}`), { actor: 'a', key: `k${i}` }))
      if (i % 5 === 0) sent.push(room.run(open(`c${i - 3}`), { actor: 'a', key: `o${i}` }).catch(e => e))
    }
    await Promise.all(sent)
    const again = await Promise.all(
      Array.from({ length: 150 }, (_, i) =>
        (i % 2 ? there : here).run(close(`c${i}`), { actor: 'a', key: `k${i}` }),
      ),
    )
    const rows = await one.store.read('vale', 0)
    expect(verifyJournal('vale', rows)).toBeNull()
    expect(new Set(rows.map(row => row.key)).size).toBe(rows.length)
    again.forEach((change, i) => expect(rows[change.seq - 1]!.key).toBe(`k${i}`))

    const folded = canonicalText(applyChanges(emptyWorld('vale'), rows.map(readChange)))
    // Each hears of what the other did without being asked anything.
    await expect.poll(() => canonicalText(here.world()), { timeout: 10_000 }).toBe(folded)
    await expect.poll(() => canonicalText(there.world()), { timeout: 10_000 }).toBe(folded)
    const heard = new Promise<string>(resolve => there.subscribe(({ change }) => resolve(change.key)))
    const key = randomUUID()
    await here.run(close('last'), { actor: 'b', key })
    expect(await heard).toBe(key)
  }, 60_000)
})
