import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { hasBrowser, settled, startBrowser } from './browser.ts'
import { Program } from './program.ts'
import { ADMIN, openRow } from './records.page.ts'

const picture = album('persons')
describe.skipIf(!hasBrowser())('names and telephones at two desks', () => {
  let program: Program
  let browser: Browser
  let first: Page
  let second: Page
  const faults: string[] = []

  /** @param enter how this desk gets its session */
  async function sit(enter: string, data: object): Promise<Page> {
    const seat = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    const answer = await seat.request.post(`${program.url}/api/${enter}`, { data })
    expect(answer.status()).toBe(200)
    const page = await seat.newPage()
    page.on('pageerror', e => faults.push(e.message))
    await page.goto(`${program.url}/?journey`)
    await settled(page)
    await page.getByTestId('tab-registers').click()
    return page
  }
  beforeAll(async () => {
    program = await Program.make()
    await program.importValleyWithRegisters()
    await program.start()
    browser = await startBrowser()
    const { username, password } = ADMIN
    first = await sit('setup', { token: program.setupToken(), ...ADMIN })
    second = await sit('sign-in', { username, password })
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end()
  })

  it('two people at one row: the second sees what stands there now', async () => {
    for (const page of [first, second]) {
      await openRow(page, 'teams/D1')
      await page.getByTestId('persons-edit').click()
    }
    await first.getByTestId('persons-leader').fill('赵某')
    await second.getByTestId('persons-leader').fill('钱某')
    await second.getByTestId('persons-leaderPhone').fill('000-1234-5678')
    await second.getByTestId('persons-save').click()
    await second.getByTestId('persons-edit').waitFor()
    await first.getByTestId('persons-clash').waitFor()
    expect(await first.getByTestId('persons-clash').innerText()).toContain('王值班')
    expect(await first.getByTestId('persons-now-leader').innerText()).toBe('现在是：钱某')
    expect(await first.getByTestId('persons-save').isDisabled()).toBe(true)
    await picture(first, 'clash-zh-1366')
    await first.getByTestId('language').click()
    expect(await first.getByTestId('persons-clash').innerText()).not.toMatch(/(?!王值班)[一-鿿]{4}/)
    await first.getByTestId('persons-keep-mine').scrollIntoViewIfNeeded()
    await picture(first, 'clash-en-1366')
    await first.getByTestId('language').click()
    await first.getByTestId('persons-take-theirs').click()
    await first.getByTestId('persons-clash').waitFor({ state: 'detached' })
    expect(await first.getByTestId('persons-leaderPhone').inputValue()).toBe('000-1234-5678')
    await first.getByTestId('persons-leader').fill('孙某')
    await first.getByTestId('persons-save').click()
    const persons = second.getByTestId('record-persons')
    await expect.poll(() => persons.innerText()).toMatch(/孙某[\s\S]*000-1234-5678/)
  })

  it('a row is found by a person’s name, its pinyin or a part of the telephone', async () => {
    const count = first.getByTestId('table-count')
    const search = first.getByTestId('table-search')
    for (const words of ['孙某', 'sunmou', '12345', '0001234']) {
      await search.fill(words)
      await expect.poll(() => count.innerText()).toBe('1 / 2 条')
    }
    await picture(first, 'search-1366')
    await search.fill('钱某')
    await expect.poll(() => count.innerText()).toBe('0 / 2 条')
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
