import type { ClosureFeature } from '../server/contract/closure.ts'
import type { County, CountyData } from '../server/contract/county.ts'
import { SERVER_AWAY, TroubleError, troubleOfBody } from './trouble.ts'

/** A closure in force as the server lists it. */
export type ListedClosure = Omit<ClosureFeature, 'id' | 'properties'> & {
  id: string
  properties: ClosureFeature['properties'] & { closedAt: string; closedBy: string; rev?: number }
}
export interface ClosureList {
  features: ListedClosure[]
  seq: number
}

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

const of = (county: string) => `/api/counties/${encodeURIComponent(county)}`

/** Every request of the client, typed with the contract. */
export function createApi(lang: () => string, fetcher: Fetch = (...a) => fetch(...a)) {
  const get = async <T>(path: string): Promise<T> => (await ask(fetcher, lang, path)).json()
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (
      await ask(fetcher, lang, path, {
        method,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    ).json()
  return {
    counties: () => get<{ counties: County[] }>('/api/counties'),
    county: (id: string) => get<CountyData>(of(id)),
    /** The browser's own cache keeps it by ETag. */
    roadsGraph: async (id: string) => (await ask(fetcher, lang, `${of(id)}/roads.graph`)).arrayBuffer(),
    closures: (id: string) => get<ClosureList>(`${of(id)}/closures`),
    close: (id: string, body: { key: string; id: string; feature: ClosureFeature }) =>
      send<{ seq: number }>('POST', `${of(id)}/closures`, body),
    open: (id: string, closure: string) =>
      send<{ seq: number }>('DELETE', `${of(id)}/closures/${encodeURIComponent(closure)}`),
    streamUrl: (id: string) => `${of(id)}/closures/stream`,
  }
}
export type Api = ReturnType<typeof createApi>
