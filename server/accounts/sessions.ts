import type { Kind, Session } from '../contract/accounts.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { AccountRows } from './database.ts'
import { sessionUnknown } from './refusals.ts'
import { digest } from './secrets.ts'
import { createWatch } from './watch.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A person's session ends this long after its last use. */
export const PERSON_MS = DAY_MS / 2
/** Browsers keep no cookie longer than this; a wall's is renewed each day. */
export const COOKIE_MS = 400 * DAY_MS
export const NEVER = new Date('9999-12-31T00:00:00.000Z')
/** How seldom the use of a session is written down. */
const RENEW_MS: Partial<Record<Kind, number>> = { person: 5 * MINUTE_MS, wall: DAY_MS }
const CACHED = 10_000

export const GUEST_SESSION = 'guest'

/** Whoever asks, as found by the secret that came with the request. */
export interface Known {
  session: string
  kind: Kind
  viewer: Viewer
  /** Its end was put off just now, so the browser's cookie should be too. */
  renewed: boolean
  /** How long the cookie may be kept. */
  cookieMs: number
}

interface Row {
  id: string
  expiresAt: string
  updatedAt: string
  createdAt: string
  ipAddress: string | null
  userAgent: string | null
  account: string
  name: string
  role: Viewer['role']
  kind: Kind
  team: string | null
  township: string | null
  incident: string | null
}

const OPEN = `select s.id, s."expiresAt", s."updatedAt", s."createdAt", s."ipAddress", s."userAgent",
  u.id as account, u.name, u.role, u.kind, u.team, u.township, u.incident
  from "session" s join "user" u on u.id = s."userId"
  where coalesce(u.banned, 0) = 0 and s."expiresAt" > ?`

export type Sessions = Awaited<ReturnType<typeof createSessions>>

export interface SessionDeps {
  /** Whether the guest may still be let in. */
  guest: () => boolean
  /** Told of each change of accounts or sessions, whoever made it, before anybody is judged anew. */
  changed: () => Promise<void>
}

/** The open sessions. */
export async function createSessions(rows: AccountRows, now: () => Date, deps: SessionDeps) {
  const cache = new Map<string, Row>()
  /** What was read before a change is not remembered after it. */
  let generation = 0
  let version = await rows.version()

  const byId = (id: string) => rows.get<Row>(`${OPEN} and s.id = ?`, now().toISOString(), id)
  const watch = createWatch(async id => {
    if (id === GUEST_SESSION) return deps.guest() ? { print: id, endsAt: Infinity } : null
    const row = await byId(id)
    return row ? { print: printOf(viewerOf(row)), endsAt: Date.parse(row.expiresAt) } : null
  })

  /** To be called after each change of accounts or sessions. */
  async function changed(): Promise<void> {
    generation++
    cache.clear()
    await deps.changed()
    await watch.checkAll()
  }

  async function lookUp(hash: string): Promise<Row | undefined> {
    const cached = cache.get(hash)
    if (cached) return cached
    const asked = generation
    const row = await rows.get<Row>(`${OPEN} and s.token = ?`, now().toISOString(), hash)
    if (!row || asked !== generation) return row
    if (cache.size >= CACHED) cache.clear()
    cache.set(hash, row)
    return row
  }

  async function renew(row: Row, atMs: number): Promise<boolean> {
    const every = RENEW_MS[row.kind]
    if (every === undefined || atMs - Date.parse(row.updatedAt) < every) return false
    row.updatedAt = new Date(atMs).toISOString()
    const expiresAt = row.kind === 'person' ? new Date(atMs + PERSON_MS).toISOString() : row.expiresAt
    try {
      await rows.run(
        'update "session" set "updatedAt" = ?, "expiresAt" = ? where id = ?',
        row.updatedAt,
        expiresAt,
        row.id,
      )
    } catch (e) {
      // Who may look goes on looking while the disk is full.
      console.error(e)
      return false
    }
    row.expiresAt = expiresAt
    return true
  }

  return {
    changed,

    /**
     * `ended` is called once, when the session is over or its viewer no longer what it was: `seen`, or as it is now.
     * @returns how to stop
     */
    watch: (session: string, ended: () => void, seen?: Viewer): (() => void) =>
      watch.add(session, ended, seen && session !== GUEST_SESSION ? printOf(seen) : undefined),

    /** Who opened a session with this secret; a program's token is no cookie and a cookie no token. */
    async find(secret: string, by: 'cookie' | 'bearer'): Promise<Known | null> {
      const row = await lookUp(digest(secret))
      const atMs = now().getTime()
      if (!row || Date.parse(row.expiresAt) <= atMs) return null
      if ((row.kind === 'token') !== (by === 'bearer')) return null
      const renewed = await renew(row, atMs)
      const cookieMs = Math.min(COOKIE_MS, Date.parse(row.expiresAt) - atMs)
      return { session: row.id, kind: row.kind, viewer: viewerOf(row), renewed, cookieMs }
    },

    /** The open sessions of one account, or of all. */
    async list(account: string | null, current: string): Promise<Session[]> {
      const at = now().toISOString()
      const found = account
        ? await rows.all<Row>(`${OPEN} and u.id = ? order by s."createdAt" desc`, at, account)
        : await rows.all<Row>(`${OPEN} order by s."createdAt" desc`, at)
      return found.map(row => ({
        id: row.id,
        account: { id: row.account, name: row.name, role: row.role, kind: row.kind },
        createdAt: row.createdAt,
        seenAt: row.updatedAt,
        expiresAt: row.expiresAt === NEVER.toISOString() ? null : row.expiresAt,
        address: row.ipAddress ?? '',
        agent: row.userAgent ?? '',
        current: row.id === current,
      }))
    },

    /** Whose session that is. @throws Refusal session_unknown */
    async ownerOf(id: string): Promise<string> {
      const row = await byId(id)
      if (!row) throw sessionUnknown(id)
      return row.account
    },

    async end(id: string): Promise<void> {
      await rows.run('delete from "session" where id = ?', id)
      await changed()
    },

    /** Those of an account, but for one. */
    async endOf(account: string, except = ''): Promise<void> {
      await rows.run('delete from "session" where "userId" = ? and id <> ?', account, except)
      await changed()
    },

    /** Looks whether another process has changed something, and whether a watched session has run out. */
    async refresh(): Promise<void> {
      const found = await rows.version()
      if (found !== version) {
        await changed()
        version = found
      } else {
        await watch.checkEnded(now().getTime())
      }
    },

    async clearEnded(): Promise<void> {
      await rows.run('delete from "session" where "expiresAt" <= ?', now().toISOString())
    },
  }
}

const printOf = (viewer: Viewer): string => JSON.stringify(viewer)

function viewerOf({ account, name, role, team, township, incident }: Row): Viewer {
  return {
    id: account,
    name,
    role,
    ...(team !== null && { team }),
    ...(township !== null && { township }),
    ...(incident !== null && { incident }),
  }
}
