import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readHosts } from './http/hosts.ts'
import { serve } from './main.ts'
import type { Serving } from './main.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fengtu-set-up-'))
/** A loopback address that is not among those a server may take before there is an administrator. */
const ELSEWHERE = '127.0.0.2'
const options = { port: 0, host: '127.0.0.1', dataDir, clientDir: null }
let server: Serving | undefined
let printed: string[] = []

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
})
afterAll(async () => {
  await server?.close()
  rmSync(dataDir, { recursive: true })
})

const post = (path: string, body: object) =>
  fetch(`${server!.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const linkPrinted = () => /\S+\/setup#[\w-]+/.exec(printed.join('\n'))?.[0]

test('a first start prints a link by which the administrator is made; then others may reach the server', async () => {
  await expect(serve({ ...options, host: ELSEWHERE })).rejects.toThrow(/until there is an administrator/)

  server = await serve(options)
  const link = linkPrinted()!
  expect(link).toMatch(new RegExp(`^${server.url}/setup#[\\w-]{22}$`))
  const person = { username: 'wang', name: '王工', password: 'three quiet herons' }
  const made = await post('/api/setup', { ...person, token: link.split('#')[1] })
  expect(made.status).toBe(200)
  expect((await fetch(`${server.url}/api/counties`)).status).toBe(401)
  await server.close()

  printed = []
  server = await serve({ ...options, host: ELSEWHERE, hosts: readHosts('https://map.example.cn')! })
  expect(linkPrinted()).toBeUndefined()
  const cookie = made.headers.get('set-cookie')!.split(';')[0]!.split('=')[1]!
  const { host, port } = new URL(server.url)
  expect(host).toBe(`${ELSEWHERE}:${port}`)
  const headers = { cookie: `fengtu-${port}=${cookie}` }
  const me = await (await fetch(`${server.url}/api/me`, { headers })).json()
  expect(me).toMatchObject({ viewer: { name: '王工', role: 'admin' } })
  // The address of the connection is what failures are counted by.
  const sessions = await (await fetch(`${server.url}/api/sessions`, { headers })).json()
  expect(sessions.sessions).toMatchObject([{ address: '127.0.0.1', current: true }])
}, 30_000)
