import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { repairCounties } from '../geodata/counties.ts'
import type { ClosureEntity } from './contract/commands.ts'
import { sayBoth } from './contract/errors.ts'
import type { Refusal } from './contract/errors.ts'
import { entitiesOf } from './contract/world.ts'
import { watchCounties } from './db/counties.ts'
import type { LoadedCounty } from './db/county.ts'
import { lockFolder } from './db/lock.ts'
import { openSqliteStore } from './db/sqlite.ts'
import { startWorker } from './db/thread.ts'
import { createTiles } from './db/tiles.ts'
import { createApp } from './http/app.ts'
import { createCompute } from './http/compute.ts'
import type { App } from './http/context.ts'
import { checkJournal } from './journal/check.ts'
import type { Room } from './journal/room.ts'
import { createRooms } from './journal/rooms.ts'

export interface Wired {
  app: App
  counties: LoadedCounty[]
  close(): Promise<void>
}

export interface WireOptions {
  /** Where counties and the journal lie; made when it is missing. */
  dataDir: string
  clientDir: string | null
  now?: () => Date
}

/**
 * One thread on a small machine would let one large question hold up every small one; more than four
 * gain nothing for one county.
 */
const threads = () => Math.min(4, Math.max(2, availableParallelism() - 1))

/** Puts the server together on a data folder. @throws FolderInUse · UnknownFormat · Error of the disk */
export async function wire({ dataDir, clientDir, now = () => new Date() }: WireOptions): Promise<Wired> {
  const folder = join(dataDir, 'counties')
  await mkdir(folder, { recursive: true })
  const unlock = await lockFolder(dataDir)
  for (const text of repairCounties(dataDir)) console.log(sayBoth(text))
  const stop = new AbortController()
  const undo: (() => unknown)[] = [unlock]
  const close = async () => {
    stop.abort()
    for (const step of undo.splice(0).reverse()) {
      try {
        await step()
      } catch (e) {
        // The steps below, the folder's lock among them, must still be taken.
        console.error(e)
      }
    }
  }
  try {
    const store = await openSqliteStore(join(dataDir, 'journal.sqlite'))
    undo.push(() => store.close())
    const compute = createCompute({
      startWorker: () => startWorker(new URL('./http/compute.worker.ts', import.meta.url)),
      threads: threads(),
    })
    undo.push(() => compute.close())

    const inForce = (county: string, room: Room) => {
      const closures = entitiesOf<ClosureEntity>(room.world(), 'closure')
      compute.setClosures(
        county,
        room.id,
        closures.map(({ id, feature }) => ({ id, feature })),
      )
    }
    const rooms = await createRooms({
      store,
      now,
      onOpen: (county, room) => {
        inForce(county, room)
        room.subscribe(() => inForce(county, room))
      },
    })
    const counties = await watchCounties({
      folder,
      onLoad: ({ id, graph, data: { county, settlements, teams } }) => {
        compute.load({ id, graph, settlements, teams, bbox: county.bbox })
        rooms.get(id).catch(e => console.error(e))
      },
      onGone: id => compute.drop(id),
      onProblem: complain,
    })
    undo.push(() => counties.close())
    const damages: Refusal[] = []
    void checkJournal(store, damage => {
      damages.push(damage)
      complain(damage)
    })
    const tiles = createTiles(counties.get)
    undo.push(() => tiles.close())

    const problems = () => [...counties.problems(), ...damages]
    const app = createApp({
      counties: { ...counties, problems },
      rooms,
      compute,
      tiles,
      now,
      clientDir,
      stop: stop.signal,
    })
    return { app, counties: counties.list(), close }
  } catch (e) {
    await close()
    throw e
  }
}

function complain({ text, remedy }: Refusal): void {
  console.error(`${sayBoth(text)}\n  ${sayBoth(remedy!)}`)
}
