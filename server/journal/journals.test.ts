import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Fold, canonicalText, emptyWorld } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import type { ChangeRow } from '../db/store.ts'
import { foldRow } from './decide.ts'
import { hashText } from './hash.ts'
import { createRoom } from './room.ts'
import { verifyJournal } from './verify.ts'

/**
 * Journals as releases wrote them, one file of rows for each format and beside it what they come to. They are
 * never written again: a release that cannot read one cannot read a county's past.
 */
const FOLDER = new URL('./fixtures/journals/', import.meta.url)
const NAMES = readdirSync(FOLDER).flatMap(name => /^(.+)\.jsonl$/.exec(name)?.[1] ?? [])

interface Outcome {
  seq: number
  /** Hash of the last change. */
  head: string
  /** Hash of the folded world's canonical text. */
  world: string
}
const text = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')
const rowsOf = (name: string): ChangeRow[] =>
  text(`${name}.jsonl`)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as ChangeRow)
const outcomesOf = (name: string) => JSON.parse(text(`${name}.json`)) as Record<string, Outcome>

test('there is one of each format', () => expect(NAMES).toEqual(['v1']))

describe.each(NAMES)('the journal %s', name => {
  const rooms = Object.entries(outcomesOf(name))
  const of = (room: string) => rowsOf(name).filter(row => row.room === room)

  test('holds these rooms and no others', () =>
    expect([...new Set(rowsOf(name).map(({ room }) => room))]).toEqual(rooms.map(([room]) => room)))

  test.each(rooms)('%s: its chain verifies, and it folds to what it was', (room, outcome) => {
    const rows = of(room)
    expect(verifyJournal(room, rows)).toBeNull()
    const fold = new Fold(emptyWorld(room))
    for (const row of rows) foldRow(row, fold)
    const { seq } = fold.world
    const world = hashText(canonicalText(fold.world))
    expect({ seq, head: rows.at(-1)!.hash, world }).toEqual(outcome)
  })

  test.each(rooms)('%s is opened, and goes on', async (room, outcome) => {
    const store = createMemoryStore()
    await store.append(of(room))
    const opened = await createRoom({ store, room, now: () => new Date('2027-01-01') })
    expect([opened.world().seq, opened.head()]).toEqual([outcome.seq, outcome.head])
    const feature = {
      type: 'Feature' as const,
      geometry: null,
      properties: { kind: 'other' as const, way: 1 },
    }
    const close = { name: 'close' as const, input: { id: 'new', feature } }
    const change = await opened.run(close, { actor: 'x', key: 'y' })
    expect([change.seq, change.prev]).toEqual([outcome.seq + 1, outcome.head])
    expect(verifyJournal(room, await store.read(room, 0))).toBeNull()
  })
})
