import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { clickAt, hasBrowser, settled } from './browser.ts'
import { ADMIN, field, openRow, save } from './records.page.ts'
import { useStage } from './stage.ts'
import { TOWN } from './valley.fixture.ts'
import { layWire } from './wire.ts'

const picture = album('live')
/** Drawing many maps takes a machine without a GPU long. */
const SMALL = { width: 400, height: 300 }
const TEAM = { username: 'fire', name: '消防队', password: 'three quiet herons' }

describe.skipIf(!hasBrowser())('many screens on one situation', () => {
  const stage = useStage()
  const faults: string[] = []
  let duty: BrowserContext
  let [first, second, field1]: Page[] = []

  async function seat(): Promise<BrowserContext> {
    return stage.browser.newContext({ viewport: { width: 1366, height: 768 } })
  }
  async function open(at: BrowserContext, size?: { width: number; height: number }): Promise<Page> {
    const page = await at.newPage()
    if (size) await page.setViewportSize(size)
    page.on('pageerror', e => faults.push(e.message))
    await page.goto(`${stage.program.url}/?journey`)
    await settled(page)
    return page
  }
  const post = async (at: BrowserContext, path: string, data: object) => {
    const answer = await at.request.post(`${stage.program.url}/api/${path}`, { data })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  }
  const isLive = (page: Page) =>
    expect.poll(() => page.getByTestId('connection').innerText()).toContain('已连服务器')
  const closeOne = (id: string) =>
    post(duty, 'counties/valley/closures', {
      id,
      feature: {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: TOWN },
        properties: { kind: 'flood', name: id },
      },
    })
  const hasClosure = (page: Page, id: string) =>
    page.locator(`[data-testid=closure][data-id="${id}"]`).waitFor({ timeout: 10_000 })

  beforeAll(async () => {
    duty = await seat()
    await post(duty, 'setup', { token: stage.program.setupToken(), ...ADMIN })
    await post(duty, 'accounts', { ...TEAM, role: 'field', team: 'D1' })
  })

  it('pages of one browser share one line, and none misses what another page’s line brought', async () => {
    first = await open(duty)
    await isLive(first)
    await closeOne('a')
    second = await open(duty)
    await isLive(second)
    // Seven pages would be one more than a browser's connections to a server.
    const more = await Promise.all([0, 1, 2, 3, 4].map(() => open(duty, SMALL)))
    for (const page of more) await isLive(page)
    await closeOne('b')
    for (const page of [first, second, ...more]) {
      await page.getByTestId('tab-closures').click()
      for (const id of ['a', 'b']) await hasClosure(page, id)
    }
    for (const page of more) await page.close()
    await closeOne('c')
    for (const page of [first, second]) await hasClosure(page, 'c')
  })

  it('a page goes on when the one that was first is closed', async () => {
    await first.close()
    await closeOne('d')
    await hasClosure(second, 'd')
    await isLive(second)
  })

  it('the network of one is cut: it says how old it is, goes on computing, and comes back with nothing missing', async () => {
    const wire = await layWire(Number(new URL(stage.program.url).port))
    const far = await seat()
    const { username, password } = ADMIN
    expect((await far.request.post(`${wire.url}/api/sign-in`, { data: { username, password } })).ok()).toBe(
      true,
    )
    const page = await far.newPage()
    page.on('pageerror', e => faults.push(e.message))
    const snapshots: string[] = []
    await page.goto(`${wire.url}/?journey`)
    await settled(page)
    await isLive(page)
    page.on(
      'request',
      request => new URL(request.url()).pathname.endsWith('/world') && snapshots.push(request.url()),
    )
    await page.getByTestId('tab-closures').click()

    wire.cut()
    await expect
      .poll(() => page.getByTestId('connection').innerText())
      .toMatch(/服务器断开.*数据截至 \d\d:\d\d/)
    await closeOne('while-cut')
    await hasClosure(second, 'while-cut')
    expect(await page.locator('[data-id="while-cut"]').count()).toBe(0)
    await clickAt(page, [TOWN[0] + 0.045, TOWN[1]])
    await page.getByTestId('point-card').waitFor()

    wire.mend()
    await hasClosure(page, 'while-cut')
    await isLive(page)
    // It stood still and went on from there: nothing was fetched whole.
    expect(snapshots).toEqual([])
    await page.close()
    await wire.end()
  })

  it('a team’s own account sees its own and reports on it, and is told why not on the rest', async () => {
    const team = await seat()
    const { username, password } = TEAM
    await post(team, 'sign-in', { username, password })
    field1 = await open(team)
    await field1.getByTestId('tab-registers').click()
    await openRow(field1, 'teams/D1')
    expect(await field1.locator('[data-testid=table-row]').count()).toBe(1)
    expect(await field1.getByTestId('record-remove').isDisabled()).toBe(true)
    await field1.getByTestId('record-edit').click()
    await field(field1, 'people').fill('38')
    await save(field1)
    await picture(field1, 'field-1366')
    await second.getByTestId('tab-registers').click()
    await openRow(second, 'teams/D1')
    await expect.poll(() => second.getByTestId('record-card').innerText()).toMatch(/38/)
  })

  it('desks see who is there; the team does not', async () => {
    const menu = second.getByTestId('presence')
    await expect.poll(() => menu.innerText()).toContain('在线 2')
    await menu.click()
    await expect
      .poll(() => second.locator('header').first().innerText())
      .toMatch(/王值班[\s\S]*本人[\s\S]*消防队/)
    await picture(second, 'presence-1366')
    expect(await field1.getByTestId('presence').count()).toBe(0)
    await field1.close()
    await menu.waitFor({ state: 'detached' })
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
