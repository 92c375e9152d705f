import { createAdaptorServer } from '@hono/node-server'
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Change } from '../../server/contract/change.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { applyChanges } from '../../server/contract/world.ts'
import { openSqliteStore } from '../../server/db/sqlite.ts'
import { testApp } from '../../server/http/app.fixture.ts'
import { adoptRecords } from '../../server/journal/adopt.ts'
import { createRoom } from '../../server/journal/room.ts'
import type { Room } from '../../server/journal/room.ts'
import { createRooms } from '../../server/journal/rooms.ts'
import { worldText } from '../../server/journal/snapshots.ts'
import { medianMs, seeded } from './measure.ts'

/** What one listener process heard. */
export interface Heard {
  p50Ms: number
  p99Ms: number
  lost: number
  twice: number
}

const ENTITIES = 20_000
const CLIENTS = 200
const CHANGES_PER_S = 50
const SECONDS = 10
/** Commands that wait for their answer at the same time, as from as many desks. */
const DESKS = 32

const random = seeded(4)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

/** A geohazard point as a county lists it: about 600 bytes. */
function point(i: number): RegisterRecord {
  const fields = {
    kind: pick(['landslide', 'collapse', 'debrisFlow']),
    township: `9900011${String(i % 14).padStart(2, '0')}`,
    people: Math.floor(random() * 300),
    households: Math.floor(random() * 80),
    explain: `${pick(['屋后', '沟口', '公路边', '河岸'])}坡体有${pick(['裂缝', '鼓胀', '掉块'])}，雨季加密巡查`,
  }
  return {
    id: `D-${String(i).padStart(5, '0')}`,
    register: 'geohazardPoints',
    name: `${pick(['青', '石', '杨', '大', '小'])}${pick(['家沟', '湾', '坪', '崖', '台'])}${i}号点`,
    at: [82.5 + random() / 2, 38.7 + random() / 2],
    source: { name: '县地质灾害台账（虚构示范数据）', asOf: '2026-06-30' },
    fields,
  }
}

function line(label: string, value: string, target: string, reached: boolean): void {
  console.log(`${label.padEnd(58)}${value.padStart(16)}  (${target})${reached ? '' : '  OVER'}`)
}

/** The world, its stream and its commands on SQLite with `synchronous=FULL`, over HTTP on loopback. */
export async function measureLive(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fengtu-bench-'))
  const path = join(folder, 'journal.sqlite')
  const now = () => new Date()
  try {
    let store = await openSqliteStore(path)
    const first = await createRoom({ store, room: 'vale', now })
    await adoptRecords(first, {
      sha256: 'bench',
      records: Array.from({ length: ENTITIES }, (_, i) => point(i)),
    })
    await first.rest()
    await store.close()

    store = await openSqliteStore(path)
    const started = performance.now()
    const room = await createRoom({ store, room: 'vale', now })
    const coldMs = performance.now() - started
    line(
      `cold start from a snapshot of ${ENTITIES} entities`,
      `${coldMs.toFixed(0)} ms`,
      '≤ 1000 ms',
      coldMs <= 1000,
    )

    const text = await worldText(room.world(), {})
    const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length / 1e6
    line('its first screen, compressed', `${packed.toFixed(2)} MB`, '≤ 1.5 MB', packed <= 1.5)
    const foldMs = medianMs(burstOf(room), 20, 5)
    line('a burst of 500 changes folded', `${foldMs.toFixed(1)} ms`, '≤ 10 ms', foldMs <= 10)
    await store.close()

    store = await openSqliteStore(path)
    await overHttp(await createRooms({ store, now }))
    await store.close()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Five hundred edits in a row, as a screen gets them after a break. */
function burstOf(room: Room): () => unknown {
  const world = room.world()
  const all = [...world.kinds.get('geohazardPoints')!.values()]
  const changes = Array.from({ length: 500 }, (_, i): Pick<Change, 'seq' | 'at' | 'put' | 'drop'> => {
    const seq = world.seq + 1 + i
    return { seq, at: '2026-11-01T00:00:00.000Z', put: [{ ...all[i * 7]!, rev: seq }], drop: [] }
  })
  return () => applyChanges(world, changes)
}

async function overHttp(rooms: Awaited<ReturnType<typeof createRooms>>): Promise<void> {
  const app = await testApp({ rooms, viewer: { id: 'bench', name: 'bench', role: 'duty' } })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/rooms/vale`
  const save = async (i: number, n: number): Promise<void> => {
    const input = { record: point(n), ifRev: null, note: `${performance.timeOrigin + performance.now()}` }
    const body = JSON.stringify({
      key: `b${i}`,
      name: 'saveRecord',
      input: { ...input, record: { ...point(n), fields: { kind: 'landslide' } } },
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/commands`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
  try {
    const listeners = fork(fileURLToPath(new URL('./listeners.ts', import.meta.url)), [url, String(CLIENTS)])
    const heard = new Promise<Heard>(resolve =>
      listeners.on('message', m => m !== 'ready' && resolve(m as Heard)),
    )
    await new Promise<void>(resolve => listeners.once('message', () => resolve()))
    const total = CHANGES_PER_S * SECONDS
    const begun = performance.now()
    const sent: Promise<void>[] = []
    for (let i = 0; i < total; i++) {
      sent.push(save(i, ENTITIES + i))
      await new Promise(resolve =>
        setTimeout(resolve, Math.max(0, begun + ((i + 1) * 1000) / CHANGES_PER_S - performance.now())),
      )
    }
    await Promise.all(sent)
    listeners.send({ changes: total })
    const { p50Ms, p99Ms, lost, twice } = await heard
    const said = `p99 ${p99Ms.toFixed(0)} ms, ½ ${p50Ms.toFixed(0)} ms`
    line(`${CLIENTS} streams × ${CHANGES_PER_S} changes/s`, said, 'p99 ≤ 60 ms', p99Ms <= 60)
    line('… lost, twice', `${lost}, ${twice}`, 'none', lost + twice === 0)

    const from = performance.now()
    let next = total
    const commands = 3000
    const desk = async (): Promise<void> => {
      while (next < total + commands) {
        const i = next++
        await save(i, ENTITIES + i)
      }
    }
    await Promise.all(Array.from({ length: DESKS }, desk))
    const perSecond = (commands * 1000) / (performance.now() - from)
    line(`commands over HTTP, ${DESKS} at a time`, `${perSecond.toFixed(0)} /s`, '≥ 500 /s', perSecond >= 500)
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}
