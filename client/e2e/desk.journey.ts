import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { clickAt, hasBrowser, openDesk, pixelOf, settled, startBrowser, type LonLat } from './browser.ts'
import { findCut, type Cut } from './cutting.ts'
import { Program, TOWN_AT } from './program.ts'

const picture = album('desk')

/** All that the screen says of the point, but for the clock, which moves by itself. */
async function stateOf(page: Page) {
  const teams = page.getByTestId('team')
  return {
    teams: await teams.evaluateAll(rows =>
      rows.map(r => `${(r as HTMLElement).dataset.id} ${r.querySelector('.range')?.textContent}`),
    ),
    bands: await page.getByTestId('band').allInnerTexts(),
    outside: await page.getByTestId('outside-place').evaluateAll(rows => rows.map(r => r.textContent)),
  }
}

describe.skipIf(!hasBrowser())('a desk', () => {
  let program: Program
  let browser: Browser
  let page: Page
  let faults: string[]
  let cut: Cut
  let county: string

  beforeAll(async () => {
    program = await Program.make()
    county = await program.importCountry()
    await program.start()
    cut = await findCut(program, county, TOWN_AT)
    browser = await startBrowser()
    ;({ page, faults } = await openDesk(browser, `${program.url}/?journey`, 1280, 720))
    await settled(page)
    await page.getByText('正在载入路网').waitFor({ state: 'detached' })
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end()
  })

  it('a click sets the point: circles, ranked teams with ranges and times, the way of the first', async () => {
    await clickAt(page, TOWN_AT)
    await page.getByTestId('team').first().waitFor()
    expect(await page.getByTestId('team').count()).toBeGreaterThan(3)
    expect(await page.getByTestId('team').first().innerText()).toMatch(/\d+–\d+ 分\s+\d\d:\d\d/)
    expect(await page.getByTestId('band').count()).toBe(3)
    expect(await page.getByTestId('way').innerText()).toContain('首到')
    await page.getByTestId('team').nth(3).click()
    await page.locator('[data-testid=team][aria-pressed=true]').waitFor()
    await picture(page, 'point-1280')
  })

  it('dragging redraws as it moves and asks the server nothing', async () => {
    const requests: string[] = []
    page.on('request', r => requests.push(r.url()))
    const [x, y] = await pixelOf(page, TOWN_AT)
    const tooks: number[] = []
    const answers = new Set<string>()
    await page.mouse.move(x, y - 40)
    await page.mouse.down()
    for (let i = 1; i <= 25; i++) {
      await page.mouse.move(x - i, y - 40 + i * 2)
      await page.waitForTimeout(40)
      tooks.push(Number(await page.getByTestId('map').getAttribute('data-took-ms')))
      answers.add(await page.getByTestId('point-at').innerText())
    }
    const during = requests.length
    await page.mouse.up()
    expect(during).toBe(0)
    expect(answers.size).toBeGreaterThan(5)
    expect(new Set(tooks).size).toBeGreaterThan(3)
    const sorted = tooks.filter(ms => ms > 0).sort((a, b) => a - b)
    const [median, worst] = [sorted[sorted.length >> 1], sorted.at(-1)]
    console.log(
      `drag: 0 requests, ${new Set(sorted).size} answers, engine median ${median} ms, worst ${worst} ms`,
    )
    await page.getByTestId('clear').click()
  })

  it('a road closed by a click takes a village out of the hour; opened, all is as it was', async () => {
    await clickAt(page, TOWN_AT)
    await page.getByTestId('team').first().waitFor()
    const before = await stateOf(page)
    await page.getByTestId('choose-road').click()
    await page.getByTestId('choose-landslide').click()
    await clickAt(page, cut.place)
    await page.getByTestId('tab-closures').click()
    await page.getByTestId('closure').waitFor()
    await page.keyboard.press('Escape')
    for (const id of cut.lost)
      await page.locator(`[data-testid=outside-place][data-id="${id}"]`).first().waitFor()
    await picture(page, 'closed-1280')
    const { features } = await program.ask<{ features: { properties: { kind: string } }[] }>(
      `/api/counties/${county}/closures`,
    )
    expect(features.map(f => f.properties.kind)).toEqual(['landslide'])
    await page.getByTestId('open').click()
    await page.getByTestId('closure').waitFor({ state: 'detached' })
    await page.getByTestId('tab-teams').click()
    await expect.poll(() => stateOf(page)).toEqual(before)
  })

  it('an area drawn shut does the same', async () => {
    const before = await stateOf(page)
    await page.getByTestId('choose-area').click()
    const [dx, dy] = [0.006, 0.004]
    const corners: LonLat[] = [
      [cut.place[0] - dx, cut.place[1] - dy],
      [cut.place[0] + dx, cut.place[1] - dy],
      [cut.place[0] + dx, cut.place[1] + dy],
      [cut.place[0] - dx, cut.place[1] + dy],
    ]
    for (const corner of corners) {
      await clickAt(page, corner)
      await page.waitForTimeout(450)
    }
    await page.keyboard.press('Enter')
    await page.getByTestId('tab-closures').click()
    await page.getByTestId('closure').waitFor()
    await page.getByText('新增缺口').first().waitFor()
    await page.getByTestId('open').click()
    await page.getByTestId('closure').waitFor({ state: 'detached' })
    await page.getByTestId('tab-teams').click()
    await expect.poll(() => stateOf(page)).toEqual(before)
  })

  it('coverage of the whole county, and all of it in English', async () => {
    await page.getByTestId('coverage').click()
    await page.getByTestId('coverage-card').getByTestId('band').first().waitFor()
    await page.getByTestId('tab-outside').click()
    await picture(page, 'coverage-1280')
    await page.getByTestId('language').click()
    await page.getByText('Whole county').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    // A source is called what its register calls it, in whatever language.
    const words = (await page.getByTestId('coverage-card').innerText()).replace(/^People from .*$/m, '')
    expect(words).not.toMatch(/[一-鿿]/)
    await picture(page, 'english-1280')
    await page.getByTestId('language').click()
    await page.getByTestId('coverage').click()
    await page.getByTestId('tab-teams').click()
  })

  it('at the size of a desk', async () => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.getByText('全县', { exact: true }).click()
    await picture(page, 'desk-1920')
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  it('with the server stopped the page says so, dragging still redraws, a closing is a what-if of this desk', async () => {
    await settled(page)
    await program.stop()
    await page.getByText(/服务器断开，本机计算，数据截至 \d\d:\d\d/).waitFor()
    const box = (await page.getByTestId('map-point').boundingBox())!
    const was = await page.getByTestId('point-at').innerText()
    const [x, y] = [box.x + box.width / 2, box.y + 18]
    await page.mouse.move(x, y)
    await page.mouse.down()
    const tooks = new Set<string | null>()
    let moves = 0
    // However slowly a machine draws: it goes on moving until the point has moved and the third answer is there.
    await expect
      .poll(
        async () => {
          const i = (moves++ % 24) + 1
          await page.mouse.move(x - i, y + i * 2)
          tooks.add(await page.getByTestId('map').getAttribute('data-took-ms'))
          const moved = (await page.getByTestId('point-at').innerText()) !== was
          return moved ? tooks.size : 0
        },
        { timeout: 60_000, interval: 60 },
      )
      .toBeGreaterThan(2)
    await page.mouse.up()
    await page.getByTestId('choose-road').click()
    await clickAt(page, cut.place)
    await page.getByTestId('tab-closures').click()
    await page.getByTestId('closure').getByText('假定测算').waitFor()
    await picture(page, 'away-1280')
    await page.getByTestId('open').click()
    await page.getByTestId('closure').waitFor({ state: 'detached' })
  })

  it('the server comes back, and nothing had gone wrong on the way', async () => {
    await program.start()
    await page.getByText('已连服务器').waitFor({ timeout: 60_000 })
    // What the browser itself says of a server that is gone is no fault of the page.
    expect(faults.filter(f => !/ERR_CONNECTION|ERR_INCOMPLETE|Failed to fetch|ERR_EMPTY/.test(f))).toEqual([])
  })
})

describe.skipIf(!hasBrowser())('a desk without a county', () => {
  it('says how to import one, in both languages', async () => {
    const program = await Program.make()
    const browser = await startBrowser()
    try {
      await program.start()
      const { page } = await openDesk(browser, program.url, 1280, 720)
      await page.getByText('npm run import -- 文件夹').waitFor()
      await picture(page, 'empty-1280')
    } finally {
      await browser.close()
      await program.end()
    }
  })
})
