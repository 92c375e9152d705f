import { setMaxListeners } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { repairCounties } from '../geodata/counties.ts'
import { openAccounts } from './accounts/accounts.ts'
import type { Accounts } from './accounts/accounts.ts'
import type { ImportedCounty } from './contract/county.ts'
import { sayBoth } from './contract/errors.ts'
import type { Refusal } from './contract/errors.ts'
import { watchCounties } from './db/counties.ts'
import type { LoadedCounty } from './db/county.ts'
import { lockFolder } from './db/lock.ts'
import { openAccountRows, openStore } from './db/open.ts'
import { openPersonsIn } from './db/persons.ts'
import { finishSwap } from './db/sqlite.swap.ts'
import { startWorker } from './db/thread.ts'
import { createTiles } from './db/tiles.ts'
import { createApp } from './http/app.ts'
import { createCompute } from './http/compute.ts'
import type { App } from './http/context.ts'
import { createExchange } from './http/exchange.thread.ts'
import { createHosts } from './http/hosts.ts'
import type { NamedHost } from './http/hosts.ts'
import { keepInForce } from './in-force.ts'
import { adoptRecords } from './journal/adopt.ts'
import { checkJournal } from './journal/check.ts'
import { createRooms } from './journal/rooms.ts'
import { createOwnNames } from './own-names.ts'

export interface Wired {
  app: App
  accounts: Accounts
  counties: LoadedCounty[]
  close(): Promise<void>
}

export interface WireOptions {
  /** Where counties and the journal lie; made when it is missing. */
  dataDir: string
  clientDir: string | null
  /** The PostgreSQL that keeps journal, accounts and persons; without one they are files in `dataDir`. */
  databaseUrl?: string
  /** What it listens on. */
  host?: string
  /** Further names under which others reach this server. */
  hosts?: readonly NamedHost[]
  now?: () => Date
}

/**
 * One thread on a small machine would let one large question hold up every small one; more than four
 * gain nothing for one county.
 */
const threads = () => Math.min(4, Math.max(2, availableParallelism() - 1))

/** Memory of the thread that reads files: twice what the largest good one takes. */
const EXCHANGE_MB = 1536

/** Puts the server together on a data folder. @throws FolderInUse · UnknownFormat · Refusal of the database · Error of the disk */
export async function wire({
  dataDir,
  clientDir,
  databaseUrl,
  host = '127.0.0.1',
  hosts = [],
  now = () => new Date(),
}: WireOptions): Promise<Wired> {
  const folder = join(dataDir, 'counties')
  await mkdir(folder, { recursive: true })
  const unlock = await lockFolder(dataDir)
  for (const text of repairCounties(dataDir)) console.log(sayBoth(text))
  const stop = new AbortController()
  // Every open stream listens.
  setMaxListeners(0, stop.signal)
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
    finishSwap(dataDir)
    const store = await openStore(dataDir, databaseUrl, now)
    undo.push(() => store.close())
    // Reading goes on where nothing can be written; screens say so from the start.
    await store.probe()
    const accounts = await openAccounts({ rows: await openAccountRows(dataDir, databaseUrl), now })
    undo.push(() => accounts.close())
    const compute = createCompute({
      startWorker: () => startWorker(new URL('./http/compute.worker.ts', import.meta.url)),
      threads: threads(),
    })
    undo.push(() => compute.close())

    const imported = new Map<string, ImportedCounty>()
    const inForce = keepInForce(compute, county => imported.get(county))
    const rooms = await createRooms({
      store,
      now,
      onOpen: (county, room) => {
        inForce(county, room)
        room.subscribe(() => inForce(county, room))
      },
    })
    undo.push(() => rooms.close())
    /** The county's registers into its real room; its exercises keep the registers they began with. */
    const takeIn = async ({ county: { id, parts }, records }: ImportedCounty): Promise<void> => {
      const room = await rooms.get(id)
      if (parts.records) await adoptRecords(room, { sha256: parts.records.sha256, records })
      inForce(id, room)
    }
    const counties = await watchCounties({
      folder,
      onLoad: ({ id, graph, data }) => {
        const { county, settlements, teams } = data
        imported.set(id, data)
        compute.load({ id, graph, settlements, teams, bbox: county.bbox })
        takeIn(data).catch(e => console.error(e))
      },
      onGone: id => {
        imported.delete(id)
        compute.drop(id)
      },
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
    const persons = await openPersonsIn(dataDir, databaseUrl, id => {
      const county = counties.get(id)
      return county && { folder: county.folder, county: county.data.county }
    })
    undo.push(() => persons.close())
    const exchange = createExchange({
      startWorker: () =>
        startWorker(new URL('./exchange.worker.ts', import.meta.url), null, {
          resourceLimits: { maxOldGenerationSizeMb: EXCHANGE_MB },
        }),
    })
    undo.push(() => exchange.close())

    const problems = () => [...counties.problems(), ...damages]
    const app = createApp({
      counties: { ...counties, problems },
      rooms,
      journal: store,
      compute,
      tiles,
      persons,
      exchange,
      now,
      accounts,
      hosts: createHosts({
        open: accounts.administratorExists,
        named: hosts,
        own: createOwnNames(now, host),
      }),
      clientDir,
      stop: stop.signal,
    })
    return { app, accounts, counties: counties.list(), close }
  } catch (e) {
    await close()
    throw e
  }
}

function complain({ text, remedy }: Refusal): void {
  console.error(`${sayBoth(text)}\n  ${sayBoth(remedy!)}`)
}
