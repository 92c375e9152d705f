import type {
  Account,
  AccountPatch,
  FieldLink,
  Me,
  NewAccount,
  Pairing,
  Session,
} from '../server/contract/accounts.ts'
import type { ViewedChange } from '../server/contract/change.ts'
import type { ClosureFeature } from '../server/contract/closure.ts'
import type { CommandInput, CommandName } from '../server/contract/commands.ts'
import type { County, CountyData } from '../server/contract/county.ts'
import type { Datum } from '../server/contract/registers/exchange.ts'
import type { RowPersons } from '../server/contract/registers/persons.ts'
import type { WorldText } from '../server/contract/world.ts'
import type { PreviewAnswer } from '../server/http/exchange.ts'
import { SERVER_AWAY, TroubleError, troubleOfBody } from './trouble.ts'
import { upload } from './upload.ts'

type Fetch = typeof fetch

/** @throws TroubleError with the server's code, message and remedy, or `server_away`. */
async function ask(
  fetcher: Fetch,
  lang: () => string,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  let response: Response
  try {
    const headers = { ...init.headers, 'accept-language': lang() === 'zh' ? 'zh-CN' : 'en' }
    response = await fetcher(path, { ...init, headers })
  } catch {
    throw new TroubleError(SERVER_AWAY)
  }
  if (response.ok) return response
  const body = await response.json().catch(() => null)
  if (body && typeof body.code === 'string') throw new TroubleError(troubleOfBody(body))
  throw new TroubleError(
    troubleOfBody({ code: `http_${response.status}`, message: `${path}: ${response.status}` }),
  )
}

/** What a file of registers is read as. */
export interface FileAs {
  datum: Datum
  /** What an empty cell says: that the value is not known any more, or nothing. */
  blanks: 'unknown' | 'keep'
  dropMissing: boolean
  /** Its key; the server tells by sheet and heads where it is null. */
  register: string | null
}
export type FileFormat = 'xlsx' | 'csv' | 'geojson' | 'kml'
export type FilePreview = PreviewAnswer & { id: string; seq: number }
/** Who a field link is for: a team or a township. */
export type FieldLinkFor = ({ team: string } | { township: string }) & { expiresAt: string; phones: number }

/** A change as history tells it. */
export type PastChange = Omit<ViewedChange, 'after'>
const inRoom = (room: string) => `/api/rooms/${encodeURIComponent(room)}`
const of = (county: string) => `/api/counties/${encodeURIComponent(county)}`

/**
 * Every request of the client, typed with the contract.
 * @param onSignInNeeded told of each answer that wants a session which is not there, or no more
 */
export function createApi(
  lang: () => string,
  fetcher: Fetch = (...a) => fetch(...a),
  onSignInNeeded: () => void = () => {},
) {
  const tell = (error: unknown): never => {
    if (error instanceof TroubleError && error.trouble.code === 'sign_in_needed') onSignInNeeded()
    throw error
  }
  const answer = (path: string, init?: RequestInit) => ask(fetcher, lang, path, init).catch(tell)
  const get = async <T>(path: string): Promise<T> => (await answer(path)).json()
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await answer(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    return response.status === 204 ? (undefined as T) : response.json()
  }
  const post = <T>(path: string, body: unknown = {}) => send<T>('POST', path, body)
  return {
    setUp: (by: { token: string; username: string; name: string; password: string }) =>
      post<Me>('/api/setup', by),
    signIn: (username: string, password: string) => post<Me>('/api/sign-in', { username, password }),
    signOut: () => post<void>('/api/sign-out'),
    changePassword: (password: string, newPassword: string) =>
      post<void>('/api/me/password', { password, newPassword }),
    sessions: (whose: 'mine' | 'all') =>
      get<{ sessions: Session[] }>(`/api/sessions${whose === 'all' ? '?all=true' : ''}`),
    endSession: (id: string) => send<void>('DELETE', `/api/sessions/${encodeURIComponent(id)}`),
    /** Those of one row, or of a whole register. */
    persons: (room: string, register: string, id?: string) => {
      const query = new URLSearchParams({ register, ...(id === undefined ? {} : { id }) })
      return get<{ persons: RowPersons[] }>(`${inRoom(room)}/persons?${query}`)
    },
    savePersons: (
      room: string,
      register: string,
      id: string,
      body: {
        key: string
        ifRev: number | null
        name?: string
        fields: Record<string, string | null>
      },
    ) =>
      send<{ seq: number }>(
        'PUT',
        `${inRoom(room)}/persons/${encodeURIComponent(register)}/${encodeURIComponent(id)}`,
        body,
      ),
    erasePersons: (room: string, register: string, id: string, ifRev: number | null) =>
      send<{ seq: number }>(
        'DELETE',
        `${inRoom(room)}/persons/${encodeURIComponent(register)}/${encodeURIComponent(id)}${ifRev === null ? '' : `?ifRev=${ifRev}`}`,
      ),
    /** Whom the journal means; for those who may see persons. */
    actorNames: () => get<{ names: { id: string; name: string }[] }>('/api/accounts/names'),
    accounts: () => get<{ accounts: Account[] }>('/api/accounts'),
    addAccount: (account: NewAccount) => post<Account>('/api/accounts', account),
    changeAccount: (id: string, patch: AccountPatch) =>
      send<Account>('PATCH', `/api/accounts/${encodeURIComponent(id)}`, patch),
    startPairing: () => post<Pairing>('/api/pairing'),
    pairing: (id: string) =>
      get<{ status: 'pending' | 'paired' | 'expired' }>(`/api/pairing/${encodeURIComponent(id)}`),
    confirmPairing: (code: string, name: string) => post<Account>('/api/pairing/confirm', { code, name }),
    makeFieldLink: (link: FieldLinkFor) => post<FieldLink>('/api/field-links', link),
    openFieldLink: (secret: string) => post<Me>('/api/field-links/exchange', { secret }),
    /** Sends a file of registers and says what it would do. Nothing is changed by it. */
    previewFile: (
      room: string,
      file: File,
      as: FileAs,
      on: { sent(share: number): void; signal: AbortSignal; watch: string },
    ) => {
      const query = new URLSearchParams({
        file: file.name,
        datum: as.datum,
        blanks: as.blanks,
        dropMissing: String(as.dropMissing),
        watch: on.watch,
        ...(as.register === null ? {} : { register: as.register }),
      })
      return upload<FilePreview>(`${inRoom(room)}/imports?${query}`, file, lang(), on).catch(tell)
    },
    /** How far the server is with a file that was sent under `watch`; null = not known, begun or done. */
    importProgress: (room: string, watch: string) =>
      get<{ share: number | null; limitS: number }>(
        `${inRoom(room)}/imports/progress/${encodeURIComponent(watch)}`,
      ),
    applyFile: (room: string, id: string, key: string) =>
      post<{ seq: number }>(`${inRoom(room)}/imports/${encodeURIComponent(id)}/apply`, { key }),
    /** For a link: the browser saves what it gets. @param registers keys; null = all of them */
    exportUrl: (room: string, format: FileFormat, registers: readonly string[] | null, persons = false) => {
      const query = new URLSearchParams({ format, lang: lang() })
      if (registers) query.set('register', registers.join(','))
      if (persons) query.set('persons', 'true')
      return `${inRoom(room)}/export?${query}`
    },
    /** Who asks, and what he may do. */
    me: () => get<Me>('/api/me'),
    counties: () => get<{ counties: County[] }>('/api/counties'),
    county: (id: string) => get<CountyData>(of(id)),
    /** The browser's own cache keeps it by ETag. */
    roadsGraph: async (id: string) => (await ask(fetcher, lang, `${of(id)}/roads.graph`)).arrayBuffer(),
    world: (room: string) => get<WorldText & { epoch: string }>(`${inRoom(room)}/world`),
    /** From `since` on (`epoch-seq`), or from now. */
    streamUrl: (room: string, since: string | null) =>
      `${inRoom(room)}/stream?presence=1${since === null ? '' : `&since=${encodeURIComponent(since)}`}`,
    command: <N extends CommandName>(room: string, key: string, name: N, input: CommandInput<N>) =>
      send<{ seq: number; changes: PastChange[] }>('POST', `${inRoom(room)}/commands`, { key, name, input }),
    /** Newest first. */
    history: (room: string, entity: string, until?: number) =>
      get<{ changes: PastChange[]; more: boolean }>(
        `${inRoom(room)}/changes?entity=${encodeURIComponent(entity)}${until === undefined ? '' : `&until=${until}`}`,
      ),
    close: (id: string, body: { key: string; id: string; feature: ClosureFeature }) =>
      send<{ seq: number }>('POST', `${of(id)}/closures`, body),
    open: (id: string, closure: string) =>
      send<{ seq: number }>('DELETE', `${of(id)}/closures/${encodeURIComponent(closure)}`),
  }
}
export type Api = ReturnType<typeof createApi>
