import { createAdaptorServer } from '@hono/node-server'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { administratorIn } from './accounts/people.ts'
import { Refusal, sayBoth } from './contract/errors.ts'
import type { Text } from './contract/errors.ts'
import { accountsFile } from './db/files.ts'
import { openAccountRows } from './db/open.ts'
import { FolderInUse, UnknownFormat } from './db/store.ts'
import { readHosts } from './http/hosts.ts'
import type { NamedHost } from './http/hosts.ts'
import { wire } from './wire.ts'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']
/** How long open requests may take to end when the server is told to stop. */
const GRACE_MS = 3000
const WARM_MS = 2000

/** Why the server does not start, for the person who started it. */
export class NotStarted extends Error {
  constructor(readonly text: Text) {
    super(sayBoth(text))
  }
}

export interface Serving {
  url: string
  close(): Promise<void>
}

export interface ServeOptions {
  /** 0 = any free port. */
  port: number
  host: string
  dataDir: string
  clientDir: string | null
  databaseUrl?: string
  hosts?: readonly NamedHost[]
}

/** Serves until `close`; on a loopback address only while there is no administrator. @throws NotStarted */
export async function serve({ port, host, ...rest }: ServeOptions): Promise<Serving> {
  if (!LOOPBACK.includes(host) && !(await hasAdministrator(rest))) throw new NotStarted(notLoopback(host))
  const wired = await wire({ host, ...rest }).catch(e => {
    throw new NotStarted(whyNot(e, rest.dataDir))
  })
  const server = createAdaptorServer({ fetch: wired.app.fetch }) as Server
  try {
    await listen(server, port, host)
  } catch (e) {
    await wired.close()
    throw new NotStarted(noPort(e as NodeJS.ErrnoException, port))
  }
  if (wired.counties.length === 0) console.log(sayBoth(nothingImported))
  const address = server.address() as { port: number }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  const token = await wired.accounts.setup.offer()
  if (token) console.log(sayBoth(setupAt(`${url}/setup#${token}`)))
  // What signing in needs, loaded when nothing else is waiting.
  else setTimeout(() => void wired.accounts.warm().catch(console.error), WARM_MS).unref()
  const close = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    await wired.close()
    server.closeIdleConnections()
    await closed
    clearTimeout(late)
  }
  return { url, close }
}

/** Before anything else is opened. */
async function hasAdministrator({ dataDir, databaseUrl }: Pick<ServeOptions, 'dataDir' | 'databaseUrl'>) {
  if (!databaseUrl && !existsSync(accountsFile(dataDir))) return false
  const rows = await openAccountRows(dataDir, databaseUrl).catch(e => {
    throw new NotStarted(whyNot(e, dataDir))
  })
  try {
    return await administratorIn(rows)
  } finally {
    await rows.close()
  }
}

/** Starts by the environment (PORT, HOST, FENGTU_DATA, DATABASE_URL, FENGTU_HOSTS) and ends on SIGINT or SIGTERM. */
export async function main(): Promise<void> {
  const {
    PORT = '8787',
    HOST = '127.0.0.1',
    FENGTU_DATA = '.fengtu',
    DATABASE_URL,
    FENGTU_HOSTS = '',
  } = process.env
  const dist = fileURLToPath(new URL('../client/dist', import.meta.url))
  try {
    const port = portOf(PORT)
    const clientDir = existsSync(dist) ? dist : null
    const serving = await serve({
      port,
      host: HOST,
      dataDir: FENGTU_DATA,
      clientDir,
      databaseUrl: DATABASE_URL,
      hosts: hostsOf(FENGTU_HOSTS),
    })
    console.log(`烽图 Fengtu  ${serving.url}`)
    const fail = (e: unknown) => {
      console.error(e)
      process.exit(1)
    }
    const stop = () => void serving.close().then(() => process.exit(0), fail)
    process.once('SIGINT', stop).once('SIGTERM', stop)
  } catch (e) {
    if (!(e instanceof NotStarted)) throw e
    console.error(e.message)
    process.exit(1)
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65535) return port
  throw new NotStarted({ zh: `PORT=${text} 不是端口号`, en: `PORT=${text} is not a port` })
}

function hostsOf(text: string): NamedHost[] {
  const hosts = readHosts(text)
  if (hosts) return hosts
  throw new NotStarted({
    zh: `FENGTU_HOSTS=${text} 读不懂：写成 map.example.cn 或 https://map.example.cn，以逗号分隔`,
    en: `FENGTU_HOSTS=${text} is not understood: write map.example.cn or https://map.example.cn, with commas between`,
  })
}

const setupAt = (url: string): Text => ({
  zh: `还没有管理员。在本机打开 ${url} 设一个（30 分钟内有效，只用一次）`,
  en: `There is no administrator yet. Make one on this machine at the same address (30 minutes, once)`,
})

const nothingImported: Text = {
  zh: '还没有导入任何县。导入：npm run import -- 文件夹（内有 *.osm.pbf 和地形）；导入后不必重启',
  en: 'No county is imported yet. Import one: npm run import -- FOLDER (with *.osm.pbf and terrain); no restart needed',
}

const notLoopback = (host: string): Text => ({
  zh: `HOST=${host} 不被接受：在有管理员之前只在本机（127.0.0.1）服务；用 npm run account -- add 或首次启动打印的链接设一个`,
  en: `HOST=${host} is refused: until there is an administrator it serves this machine only (127.0.0.1); make one by npm run account -- add or the link that a first start prints`,
})

function noPort(e: NodeJS.ErrnoException, port: number): Text {
  if (e.code === 'EADDRINUSE') {
    return {
      zh: `端口 ${port} 已被占用：换一个，例如 PORT=${port + 1} npm start`,
      en: `Port ${port} is in use: take another, e.g. PORT=${port + 1} npm start`,
    }
  }
  return { zh: `无法使用端口 ${port}（${e.message}）`, en: `Port ${port} cannot be used (${e.message})` }
}

function whyNot(e: Error, dataDir: string): Text {
  if (e instanceof Refusal) {
    const { text, remedy } = e
    return remedy ? { zh: `${text.zh}：${remedy.zh}`, en: `${text.en}: ${remedy.en}` } : text
  }
  if (e instanceof FolderInUse) {
    return {
      zh: `另一个烽图（进程 ${e.message}）正在使用 ${dataDir}：先停掉它，或用 FENGTU_DATA 指定别的文件夹`,
      en: `Another Fengtu (process ${e.message}) uses ${dataDir}: stop it, or name another folder in FENGTU_DATA`,
    }
  }
  if (e instanceof UnknownFormat) {
    return {
      zh: `${dataDir} 中的日志由更新的版本写成（${e.message}）：请用那个版本启动`,
      en: `The journal in ${dataDir} was written by a newer release (${e.message}): start that one`,
    }
  }
  return {
    zh: `数据文件夹 ${dataDir} 无法使用（${e.message}）：检查它是否可写、磁盘是否已满、journal.sqlite 是否损坏`,
    en: `The data folder ${dataDir} cannot be used (${e.message}): is it writable, is the disk full, is journal.sqlite damaged?`,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
