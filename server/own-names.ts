import { hostname, networkInterfaces } from 'node:os'

/** Addresses change while a server runs; asking for them is too dear for each request. */
const AGE_MS = 5000

/** This machine's names and addresses as they stand in a URL, and the one it was told to listen on. */
export function createOwnNames(now: () => Date, listensOn: string): () => ReadonlySet<string> {
  let names: ReadonlySet<string> = new Set()
  let readMs = -Infinity
  return () => {
    const nowMs = now().getTime()
    if (Math.abs(nowMs - readMs) < AGE_MS) return names
    readMs = nowMs
    const addresses = Object.values(networkInterfaces())
      .flatMap(entries => entries ?? [])
      .map(({ address }) => address)
    const hosts = [...addresses, listensOn].map(address => (address.includes(':') ? `[${address}]` : address))
    const name = hostname().toLowerCase()
    return (names = new Set([...hosts, name, `${name}.local`]))
  }
}
