import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REGISTERS } from '../../contract/registers/index.ts'
import { authApp } from '../auth.fixture.ts'
import type { AuthApp } from '../auth.fixture.ts'
import { hasOgrinfo, ogrinfo } from './gdal.fixture.ts'
import { LAYERS } from './layers.ts'

let app: AuthApp
let server: Server
let url: string
let token: string

describe.skipIf(!hasOgrinfo())('GDAL opens every layer by the server’s address and a token', () => {
  beforeAll(async () => {
    app = await authApp()
    const duty = await app.signedIn('admin')
    for (const register of ['stores', 'geohazardPoints', 'vehicles']) {
      const fields =
        register === 'vehicles'
          ? { team: 't', kind: 'tanker' }
          : register === 'stores'
            ? {}
            : { kind: 'landslide' }
      if (register === 'vehicles') await save(duty, 'teams', 't', [1.5, 42.5], { kind: 'fire' })
      for (let i = 0; i < 30; i++) {
        await save(
          duty,
          register,
          `${register}-${i}`,
          register === 'vehicles' ? null : [1.4 + i / 100, 42.5],
          fields,
        )
      }
    }
    token = `Authorization: Bearer ${(await app.accounts.tokens.make('reader', 'GDAL', 1)).token}`
    server = createAdaptorServer({ fetch: app.fetch }) as Server
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}/ogc`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    app.accounts.close()
  })

  test('all layers are listed, and read to the last of their rows', async () => {
    const said = await ogrinfo(url, token, ['-so', '-al'])
    expect(said).not.toMatch(/ERROR|FAILURE/)
    const counts = new Map<string, number>()
    for (const [, name, count] of said.matchAll(/Layer name: (\S+)[\s\S]*?Feature Count: (\d+)/g)) {
      counts.set(name!, Number(count))
    }
    expect([...counts.keys()].sort()).toEqual(LAYERS.map(layer => layer.id).sort())
    expect(REGISTERS.every(({ key }) => counts.has(key))).toBe(true)
    expect([counts.get('stores'), counts.get('vehicles'), counts.get('teams')]).toEqual([30, 30, 1])
    const rows = await ogrinfo(
      url,
      token,
      ['-oo', 'PAGE_SIZE=7', '-q', '-where', "name = 'stores-29'"],
      'stores',
    )
    expect(rows).toMatch(/stores-29[\s\S]*POINT \(1\.69 42\.5\)/)
  }, 60_000)

  test('without the token it is told to sign in', async () => {
    await expect(ogrinfo(url, 'X: y', ['-so'])).rejects.toThrow(/401|sign_in_needed/)
  }, 60_000)
})

async function save(
  who: Awaited<ReturnType<AuthApp['signedIn']>>,
  register: string,
  id: string,
  at: number[] | null,
  fields: object,
): Promise<void> {
  const record = { register, id, name: id, at, source: { name: '台账', asOf: '2026-03' }, fields }
  const body = { key: id, name: 'saveRecord', input: { record, ifRev: null } }
  const { status, body: answer } = await who.ask('POST', '/api/rooms/vale/commands', body)
  if (status !== 200) throw new Error(JSON.stringify(answer))
}
