import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { photo } from '../composables/photo.fixture.ts'
import { clickAt, drag, drawn, go, hasBrowser, openDesk, settled, type LonLat } from './browser.ts'
import { ADMIN, fact, openRow, save } from './records.page.ts'
import { GULLY, SLOPE } from './registers.fixture.ts'
import { useStage } from './stage.ts'

const picture = album('registers')

describe.skipIf(!hasBrowser())('registers on a desk', () => {
  const stage = useStage()
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    ;({ page, faults } = await openDesk(stage.browser, `${stage.program.url}/?journey`, 1280, 720))
    await settled(page)
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

  it('an area is drawn on the map, mended, saved, and seen again', async () => {
    // A guest's page would be told 401 the moment there is an administrator.
    await page.goto('about:blank')
    const { username, password, name } = ADMIN
    const made = await page.request.post(`${stage.program.url}/api/setup`, {
      data: { token: stage.program.setupToken(), username, password, name },
    })
    expect(made.status()).toBe(200)
    await page.goto(`${stage.program.url}/?journey`)
    await settled(page)
    await page.getByTestId('tab-registers').click()
    await openRow(page, 'geohazardPoints/Z3')
    await page.getByTestId('table-close').click()
    await page.getByTestId('record-edit').click()
    const area = page.getByTestId('field-area')
    const fault = page.getByTestId('fault-area')
    await area.getByTestId('line-draw').click()
    await go(page, GULLY, 14)
    const corner = (x: number, y: number): LonLat => [GULLY[0] + x, GULLY[1] + y]
    await clickAt(page, corner(-0.004, -0.003))
    await clickAt(page, corner(0.004, -0.003))
    expect(await fault.innerText()).toContain('折点不到三个')
    expect(await page.getByTestId('form-save').isDisabled()).toBe(true)
    await clickAt(page, corner(0.004, 0.003))
    await clickAt(page, corner(-0.004, 0.003))
    await expect.poll(() => area.getByTestId('line-size').innerText()).toMatch(/^5\d\.\d 公顷\s*4 个折点$/)
    await drag(page, corner(0.004, 0.003), corner(-0.006, 0))
    expect(await fault.innerText()).toMatch(/自相交：折点 2–3 的边与折点 4–1 的边相交/)
    await picture(page, 'crossing-1280')
    await area.getByTestId('line-undo').click()
    await fault.waitFor({ state: 'detached' })
    // One more out of the middle of a side, one typed, and one taken away again.
    await drag(page, corner(0, 0.003), corner(0, 0.004))
    await area.locator('summary').click()
    await expect.poll(() => area.getByTestId('corner').count()).toBe(5)
    await area.getByTestId('corner-add').fill(`N${GULLY[1] - 0.0035} E${GULLY[0] - 0.005}`)
    await area.getByTestId('corner-add').press('Enter')
    await expect.poll(() => area.getByTestId('corner').count()).toBe(6)
    await area.getByRole('button', { name: '删去第 6 个折点' }).click()
    await area.getByTestId('corner').nth(0).fill('北边')
    await area.getByTestId('corner').nth(0).press('Tab')
    expect(await fault.innerText()).toContain('第 1 个折点“北边”不是经纬度')
    await area.getByTestId('line-undo').click()
    await picture(page, 'drawn-1280')
    await save(page)
    await expect.poll(() => fact(page, '影响范围')).toMatch(/^54\.\d 公顷/)
    await page.reload()
    await settled(page)
    await page.getByTestId('tab-registers').click()
    await openRow(page, 'geohazardPoints/Z3')
    expect(await fact(page, '影响范围')).toMatch(/^54\.\d 公顷/)
    await go(page, GULLY, 14)
    await picture(page, 'seen-again-1280')
  })

  it('the quality of the data finds each kind of fault; a photo places a row', async () => {
    const source = { name: '乡镇上报（虚构示范数据）', asOf: '2026-10-01' }
    const point = (id: string, at: LonLat, fields = {}) => ({
      ifRev: null,
      record: {
        register: 'geohazardPoints',
        id,
        name: `${id}崩塌`,
        at,
        source,
        fields: { kind: 'rockfall', ...fields },
      },
    })
    const [x, y] = SLOPE
    const through: LonLat[] = [
      [x + 0.01, y + 0.02],
      [x + 0.03, y + 0.02],
    ]
    const around = [0.015, 0.025, 0.025, 0.015, 0.015].map((dx, i): LonLat => [
      x + dx,
      y + (i === 0 || i === 1 || i === 4 ? 0.015 : 0.025),
    ])
    const put = [
      point('Q1', [x + 0.4, y]),
      point('Q2', [x + 0.02, y + 0.02], { area: around, wayOut: through, phoneTested: '2026-10-01' }),
    ]
    const sent = await page.request.post(`${stage.program.url}/api/rooms/valley/commands`, {
      data: { key: 'quality', name: 'saveRecords', input: { put, drop: [], note: null } },
    })
    expect(sent.status()).toBe(200)
    await page.getByTestId('open-quality').click()
    const found = page.getByTestId('finding')
    const keys = async (check: string): Promise<string[]> => {
      await page.getByTestId(`check-${check}`).click()
      return found.evaluateAll(rows => rows.map(row => row.dataset.key!.split('/')[1]!))
    }
    await expect.poll(() => keys('outside')).toEqual(['Q1'])
    await expect.poll(() => keys('wayOut')).toEqual(['Q2'])
    expect(await found.innerText()).toMatch(/9\d\d m/)
    await expect.poll(() => keys('offRoad'), { timeout: 30_000 }).toContain('Q1')
    const untried = await keys('untried')
    expect(untried).toContain('Z1')
    expect(untried).not.toContain('Q2')
    expect(await keys('old')).toEqual(['Z3'])
    await page.getByTestId('quality-days').fill('10')
    await page.getByTestId('quality-days').press('Enter')
    await expect.poll(() => keys('old')).toContain('Q1')
    expect(await keys('unplaced')).toEqual(['Z2'])
    await found.click()
    await page.getByTestId('record-place').click()
    await page.getByTestId('place-photo').setInputFiles({
      name: 'IMG_2041.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from(await photo(y - 0.02, x - 0.02).arrayBuffer()),
    })
    await expect.poll(() => page.getByTestId('place-lon').inputValue()).toBe((x - 0.02).toFixed(6))
    expect(await page.getByTestId('form-note').inputValue()).toContain('IMG_2041.jpg')
    await save(page)
    await expect.poll(() => keys('unplaced')).toEqual([])
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
