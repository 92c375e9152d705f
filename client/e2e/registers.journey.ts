import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { clickAt, drawn, go, hasBrowser, openDesk, settled, startBrowser } from './browser.ts'
import { Program } from './program.ts'
import { SLOPE } from './registers.fixture.ts'

const picture = album('registers')

describe.skipIf(!hasBrowser())('registers on a desk', () => {
  let program: Program
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    program = await Program.make()
    await program.importValleyWithRegisters()
    await program.start()
    browser = await startBrowser()
    ;({ page, faults } = await openDesk(browser, `${program.url}/?journey`, 1280, 720))
    await settled(page)
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end()
  })

  it('says that all of it is invented, on the strip and on the map, in both languages', async () => {
    expect(await page.getByText('虚构示范数据', { exact: true }).count()).toBe(2)
    expect(await page.getByTestId('fiction-mark').innerText()).toContain('不得用于真实救援')
    expect((await drawn(page, 'outside-fiction')).length).toBeGreaterThan(0)
    expect((await drawn(page, 'own-border')).length).toBeGreaterThan(0)
    await page.getByTestId('language').click()
    expect(await page.getByText('Invented demonstration data', { exact: true }).count()).toBe(2)
    await page.getByTestId('language').click()
  })

  it('lists the registers with their rows, and what is not placed yet', async () => {
    await page.getByTestId('tab-registers').click()
    const points = page.getByTestId('register-geohazardPoints')
    expect(await points.innerText()).toMatch(/地质灾害点\s*待落图 1\s*3/)
    await points.click()
    expect(await page.getByTestId('record').count()).toBe(3)
    await page.getByText('待落图 1', { exact: true }).click()
    expect(await page.getByTestId('record').allInnerTexts()).toEqual([expect.stringContaining('后柏崩塌')])
    await page.getByTestId('record').click()
    expect(await page.getByTestId('record-unplaced').isVisible()).toBe(true)
    expect(await page.getByTestId('record-point').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByTestId('record-card').waitFor({ state: 'detached' })
  })

  it('opens a card from the map: fields, unknown ones, source and age, the way out drawn', async () => {
    await go(page, SLOPE, 13)
    expect((await drawn(page, 'records')).map(r => r.key)).toContain('geohazardPoints/Z1')
    await clickAt(page, SLOPE)
    const card = page.getByTestId('record-card')
    await card.waitFor()
    const words = await card.innerText()
    expect(words).toContain('前松后山滑坡')
    expect(words).toMatch(/灾害类型\s+滑坡/)
    expect(words).toMatch(/威胁人数\s+31\s*人/)
    expect(words).toMatch(/威胁户数\s+不详/)
    expect(words).toMatch(/来源 青岭县应急管理局台账（虚构示范数据）\s+截至 2026-06-30/)
    await expect
      .poll(async () => (await drawn(page, 'record-picked')).map(r => r.key), { timeout: 20_000 })
      .toEqual(['geohazardPoints/Z1'])
    await picture(page, 'card-1280')
    await card.getByText('前松避险点').click()
    expect(await card.innerText()).toMatch(/可容纳\s+300\s*人/)
    await page.keyboard.press('Escape')
  })

  it('greys a row whose source is old and says so', async () => {
    await page.getByTestId('registers-back').click()
    await page.getByTestId('register-geohazardPoints').click()
    await page.locator('[data-key="geohazardPoints/Z3"]').click()
    expect(await page.getByTestId('record-source').innerText()).toContain('数据过期')
    const shown = await drawn(page, 'record-picked')
    expect(shown.map(r => r.stale)).toEqual([true])
    await page.getByTestId('record-close').click()
  })

  it('takes a register off the map and puts it back', async () => {
    await page.getByTestId('registers-back').click()
    await go(page, SLOPE, 12.4)
    expect((await drawn(page, 'record-dots')).map(r => r.key)).toContain('geohazardPoints/Z1')
    await page.getByTestId('show-geohazardPoints').uncheck()
    await expect
      .poll(async () => (await drawn(page, 'record-dots')).map(r => r.key))
      .not.toContain('geohazardPoints/Z1')
    await page.getByTestId('show-geohazardPoints').check()
    await expect
      .poll(async () => (await drawn(page, 'record-dots')).map(r => r.key))
      .toContain('geohazardPoints/Z1')
  })

  it('a store shows what lies in it; where a row is, it can have happened', async () => {
    await page.getByTestId('register-stores').click()
    await page.getByTestId('record').click()
    const words = await page.getByTestId('record-card').innerText()
    expect(words).toMatch(/物资明细 2/)
    expect(words).toContain('200 顶')
    await page.getByTestId('record-point').click()
    await page.getByTestId('tab-teams').click()
    await page.getByTestId('team').first().waitFor()
    await page.getByTestId('clear').click()
  })

  it('in English nothing is left in Chinese but names and the register’s own words', async () => {
    await page.getByTestId('language').click()
    await page.getByTestId('tab-registers').click()
    expect(await page.getByTestId('records').innerText()).toContain('‹ Registers')
    await page.getByTestId('registers-back').click()
    expect((await page.getByTestId('registers').innerText()).replace(/[避险灾储队物集]/g, '')).not.toMatch(
      /[一-鿿]/,
    )
    await page.getByTestId('register-geohazardPoints').click()
    await page.locator('[data-key="geohazardPoints/Z1"]').click()
    const words = await page.getByTestId('record-card').innerText()
    expect(words).toContain('Qiansong Slope')
    expect(words).toMatch(/People threatened\s+31\s*people/)
    await picture(page, 'english-1280')
    await page.getByTestId('record-close').click()
    await page.getByTestId('language').click()
  })

  it('the sheet of paper keeps the place, the mark and the symbols', async () => {
    await go(page, SLOPE, 12.4)
    await page.getByTestId('paper').click()
    await page.waitForTimeout(500)
    expect((await drawn(page, 'record-dots')).map(r => r.key)).toContain('geohazardPoints/Z1')
    expect(await page.getByTestId('fiction-mark').isVisible()).toBe(true)
    await picture(page, 'paper-1280')
    await page.getByTestId('paper').click()
    await settled(page)
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
