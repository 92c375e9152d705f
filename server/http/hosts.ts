export type Scheme = 'http' | 'https'

/** The scheme by which a `Host` of ours is reached, or null of one that is not ours. */
export type Hosts = (host: string) => Scheme | null

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i
const NAMED = /^(?:(https?):\/\/)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?\/?$/i
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

export const loopbackOnly: Hosts = host => (LOOPBACK.test(host) ? 'http' : null)

/** An entry of `FENGTU_HOSTS`: `map.example.cn`, `10.1.2.3:8787`, `https://map.example.cn` behind a proxy. */
export interface NamedHost {
  scheme: Scheme
  host: string
  /** With its colon; none = any port. */
  port: string | null
}

/** @returns null of an entry that cannot be read */
export function readHosts(setting: string): NamedHost[] | null {
  const hosts: NamedHost[] = []
  for (const entry of setting.split(/[\s,]+/).filter(Boolean)) {
    const [, scheme = 'http', host, port = null] = NAMED.exec(entry) ?? []
    if (host === undefined) return null
    hosts.push({ scheme: scheme.toLowerCase() as Scheme, host: host.toLowerCase(), port })
  }
  return hosts
}

/**
 * Until an administrator exists this machine only. Afterwards also the named hosts and this machine's own
 * names and addresses: another site's page that resolves its name to one of them still says that name in Host.
 */
export function createHosts({
  open,
  named,
  own,
}: {
  /** Whether others than this machine may ask. */
  open: () => boolean
  named: readonly NamedHost[]
  /** This machine's names and addresses, as they stand in a URL. */
  own: () => ReadonlySet<string>
}): Hosts {
  return asked => {
    const [, name, port = null] = HOST.exec(asked.toLowerCase()) ?? []
    if (name === undefined) return null
    if (open()) {
      const entry = named.find(n => n.host === name && (n.port === null || n.port === port))
      if (entry) return entry.scheme
    }
    return loopbackOnly(asked) ?? (open() && own().has(name) ? 'http' : null)
  }
}
