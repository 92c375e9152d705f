import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { clickAt, go, hasBrowser, settled, startBrowser, type LonLat } from './browser.ts'
import { Program } from './program.ts'
import { SLOPE } from './registers.fixture.ts'
import { ADMIN, MANY, SCHOOLS, fact, field, openRow, save } from './records.page.ts'

const picture = album('records')
describe.skipIf(!hasBrowser())('the registers’ desk', () => {
  let program: Program
  let browser: Browser
  let seats: BrowserContext[] = []
  const faults: string[] = []
  /** While the server is stopped every request fails, and the browser says so. */
  let away = false

  async function sit(width: number, height: number): Promise<[BrowserContext, Page]> {
    const seat = await browser.newContext({ viewport: { width, height } })
    seats = [...seats, seat]
    const page = await seat.newPage()
    page.on('pageerror', e => faults.push(e.message))
    page.on('console', m => {
      // A refusal that the journey asks for is logged by the browser as a failed request.
      if (m.type() === 'error' && !away && !/status of (401|409|422)/.test(m.text())) faults.push(m.text())
    })
    return [seat, page]
  }
  async function signIn(seat: BrowserContext): Promise<void> {
    const { username, password } = ADMIN
    const answer = await seat.request.post(`${program.url}/api/sign-in`, { data: { username, password } })
    expect(answer.status()).toBe(200)
  }
  async function send(seat: BrowserContext, name: string, input: unknown) {
    const data = { key: `journey-${Math.random()}`, name, input }
    const answer = await seat.request.post(`${program.url}/api/rooms/valley/commands`, { data })
    expect([answer.status(), await answer.text()]).toEqual([200, expect.anything()])
  }
  const openRegisters = async (page: Page) => {
    await page.goto(`${program.url}/?journey`)
    await settled(page)
    await page.getByTestId('tab-registers').click()
  }
  let [first, second]: Page[] = []
  beforeAll(async () => {
    program = await Program.ofValley()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end()
  })

  it('shows who may not edit why not', async () => {
    const [, page] = await sit(1366, 768)
    await openRegisters(page)
    await openRow(page, 'geohazardPoints/Z1')
    expect(await page.getByTestId('record-edit').isDisabled()).toBe(true)
    expect(await page.getByTestId('edit-why').innerText()).toContain('缺少权限“修改台账”')
    expect(await page.getByTestId('table-add').isDisabled()).toBe(true)
    await picture(page, 'guest-1366')
    await page.close()
  })

  it('opens a table: search by words and pinyin, sort, scroll among many rows, by keyboard', async () => {
    const [seat, page] = await sit(1366, 768)
    first = page
    const answer = await seat.request.post(`${program.url}/api/setup`, {
      data: { token: program.setupToken(), ...ADMIN },
    })
    expect(answer.status()).toBe(200)
    await send(seat, 'saveRecords', { put: SCHOOLS, drop: [], note: '名册' })
    await openRegisters(page)
    await page.getByTestId('table-schools').click()
    const count = page.getByTestId('table-count')
    await expect.poll(() => count.innerText()).toBe(`${MANY} / ${MANY} 条`)
    expect(await page.getByTestId('table-row').count()).toBeLessThan(60)
    await page.keyboard.press('End')
    await page.locator('[data-key="schools/X-400"]').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('黑石')
    await expect.poll(() => count.innerText()).toBe(`${MANY / 4} / ${MANY} 条`)
    await page.keyboard.press('/')
    await page.getByTestId('table-search').fill('dyd')
    await expect.poll(() => count.innerText()).toBe(`${MANY / 4} / ${MANY} 条`)
    await page.getByTestId('sort-pupils').click()
    await page.getByTestId('sort-pupils').click()
    await page.getByTestId('table-search').press('Enter')
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    const best = Math.max(...SCHOOLS.filter((_, i) => i % 4 === 1).map(v => v.record.fields.pupils))
    await expect.poll(() => fact(page, '学生')).toMatch(new RegExp(`^${best}`))
    await picture(page, 'table-1366')
    await page.getByTestId('table-rows').focus()
    await page.keyboard.press('Escape')
    await page.getByTestId('table').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
  })

  it('edits a row, says what is wrong while typing, and another browser sees it at once', async () => {
    const [seat, other] = await sit(1920, 1080)
    second = other
    await signIn(seat)
    await openRegisters(other)
    await openRow(other, 'geohazardPoints/Z1')
    await openRow(first!, 'geohazardPoints/Z1')
    await first!.getByTestId('record-edit').click()
    expect(await first!.getByTestId('form-save').isDisabled()).toBe(true)
    await field(first!, 'people').fill('三十')
    expect(await first!.getByTestId('fault-people').innerText()).toContain('“三十”不是')
    expect(await first!.getByTestId('form-why').innerText()).toContain('还有 1 处要改')
    await picture(first!, 'form-1366')
    await field(first!, 'people').fill('45')
    await first!.getByTestId('form-note').fill('入户核实')
    await save(first!)
    await expect.poll(() => fact(other, '威胁人数')).toMatch(/^45/)
    await picture(other, 'live-1920')
  })

  it('two people at one row: each is shown what the other did, and nothing is overwritten silently', async () => {
    await first!.getByTestId('record-edit').click()
    await second!.getByTestId('record-edit').click()
    await field(first!, 'people').fill('50')
    await field(first!, 'signal').fill('铜锣')
    await field(second!, 'people').fill('60')
    await field(second!, 'households').fill('9')
    await save(second!)
    const clash = first!.getByTestId('clash')
    await clash.waitFor()
    expect(await first!.getByTestId('form-save').isDisabled()).toBe(true)
    expect(await clash.innerText()).toContain('王值班')
    await picture(first!, 'clash-1366')
    expect(await first!.getByTestId('clash-settle').isDisabled()).toBe(true)
    await first!.getByTestId('take-theirs-people').check()
    await first!.getByTestId('clash-settle').click()
    await clash.waitFor({ state: 'detached' })
    await save(first!)
    for (const page of [first!, second!]) {
      await expect.poll(() => fact(page, '预警信号')).toBe('铜锣')
      expect(await fact(page, '威胁人数')).toMatch(/^60/)
      expect(await fact(page, '威胁户数')).toMatch(/^9/)
    }
  })

  it('asks before unsaved changes are left', async () => {
    await first!.getByTestId('record-edit').click()
    await field(first!, 'signal').fill('喇叭')
    await first!.keyboard.press('Escape')
    await first!.getByTestId('leave-ask').waitFor()
    await first!.getByTestId('leave-stay').click()
    await first!.locator('[data-testid=table-row][data-key="geohazardPoints/Z3"]').click()
    await first!.getByTestId('leave-ask').waitFor()
    await first!.getByTestId('leave-yes').click()
    await first!.getByTestId('record-card').waitFor()
    expect(await first!.getByTestId('record-card').innerText()).toContain('大营泥石流')
    await first!.locator('[data-testid=table-row][data-key="geohazardPoints/Z1"]').click()
  })

  it('tells a row’s history and takes a change back', async () => {
    await first!.getByTestId('record-history').click()
    const steps = first!.getByTestId('history-step')
    await expect.poll(() => steps.count()).toBe(4)
    expect(await steps.nth(0).innerText()).toMatch(/预警信号[\s\S]*不详[\s\S]*铜锣/)
    expect(await steps.nth(2).innerText()).toMatch(/王值班[\s\S]*入户核实[\s\S]*31 人[\s\S]*45 人/)
    expect(await steps.nth(3).innerText()).toContain('县域数据导入')
    await first!.getByTestId('history-undo').click()
    await picture(first!, 'history-1366')
    await first!.getByTestId('history-go').click()
    await expect.poll(() => steps.count()).toBe(5)
    expect(await steps.nth(0).innerText()).toMatch(/撤销第 \d+ 号变更/)
    await expect.poll(() => fact(second!, '预警信号')).toBe('不详')
    await first!.getByTestId('record-history').click()
  })

  it('a row that others refer to is not removed; a removed one comes back from its history', async () => {
    await openRow(first!, 'refuges/B1')
    await first!.getByTestId('record-remove').click()
    await first!.getByTestId('remove-yes').click()
    await first!.getByTestId('remove-trouble').waitFor()
    await first!.getByTestId('named').click()
    expect(await first!.getByTestId('record-card').innerText()).toContain('前松后山滑坡')
    await openRow(first!, 'stock/W2')
    await first!.getByTestId('record-remove').click()
    await first!.getByTestId('remove-yes').click()
    await first!.getByTestId('record-gone').waitFor()
    await first!.getByTestId('history-undo').click()
    await first!.getByTestId('history-go').click()
    await first!.getByTestId('record-card').waitFor()
    expect(await first!.getByTestId('record-card').innerText()).toContain('冲锋舟')
  })

  it('places an unplaced row by a click, and another by a pasted link', async () => {
    const page = first!
    await page.getByTestId('open-quality').click()
    await page.getByTestId('check-unplaced').click()
    await picture(page, 'quality-1366')
    await page.locator('[data-testid=finding][data-key="geohazardPoints/Z2"]').click()
    await page.getByTestId('record-place').click()
    const at: LonLat = [SLOPE[0] + 0.01, SLOPE[1] - 0.01]
    await go(page, at, 13)
    await clickAt(page, at)
    await expect.poll(() => page.getByTestId('place-lon').inputValue()).toMatch(/^110\.59/)
    await page.getByTestId('draft-marker').waitFor()
    await picture(page, 'placing-1366')
    await save(page)
    await page.locator('[data-key="geohazardPoints/Z2"]').waitFor({ state: 'detached' })
    expect(await page.getByTestId('record-unplaced').count()).toBe(0)
    // The same row again, by what somebody sent: 高德 has it some 500 m away.
    await page.getByTestId('record-edit').click()
    const before = Number(await page.getByTestId('place-lon').inputValue())
    await page.getByTestId('place-link').fill('https://surl.amap.com/abc')
    expect(await page.getByTestId('place-link-fault').innerText()).toContain('短链接')
    await page.getByTestId('place-link').fill(`https://uri.amap.com/marker?position=${at[0]},${at[1]}&name=x`)
    await expect.poll(async () => Number(await page.getByTestId('place-lon').inputValue())).not.toBe(before)
    const moved = (at[0] - Number(await page.getByTestId('place-lon').inputValue())) * 95_000
    expect(moved).toBeGreaterThan(200)
    expect(moved).toBeLessThan(900)
    await save(page)
    await page.getByTestId('check-offRoad').click()
    await page.getByTestId('finding').first().waitFor()
    await picture(page, 'off-road-1366')
  })

  it('enters a new row, borrowing the position of a village', async () => {
    const page = second!
    await page.getByTestId('table-add').click()
    await page.getByTestId('record-form').waitFor()
    expect(await field(page, 'id').inputValue()).toBe('Z4')
    await field(page, 'name').fill('后杨滑坡')
    await field(page, 'source').fill('村干部电话')
    await page.getByTestId('field-kind').locator('select').selectOption('landslide')
    await page.getByTestId('field-refuge').locator('input').fill('qsb')
    await page.getByTestId('offered').click()
    await page.getByTestId('place-name').fill('后杨')
    await page.getByTestId('place-found').first().click()
    expect(await page.getByTestId('form-note').inputValue()).toContain('位置借用 后杨村')
    await picture(page, 'new-1920')
    await save(page)
    await first!.getByTestId('table-geohazardPoints').click()
    await first!.locator('[data-key="geohazardPoints/Z4"]').waitFor()
  })

  it('says that nothing can be saved while the server is away, keeps what was typed, and saves it afterwards', async () => {
    const page = first!
    await openRow(page, 'geohazardPoints/Z1')
    await page.getByTestId('record-edit').click()
    await field(page, 'people').fill('71')
    away = true
    await program.stop()
    await expect
      .poll(() => page.getByTestId('form-why').innerText(), { timeout: 20_000 })
      .toContain('服务器断开')
    expect(await page.getByTestId('form-save').isDisabled()).toBe(true)
    await picture(page, 'away-1366')
    await program.start()
    await expect.poll(() => page.getByTestId('form-save').isEnabled(), { timeout: 30_000 }).toBe(true)
    away = false
    expect(await field(page, 'people').inputValue()).toBe('71')
    await save(page)
    await expect.poll(() => fact(page, '威胁人数')).toMatch(/^71/)
    await second!.locator('[data-testid=table-row][data-key="geohazardPoints/Z1"]').click()
    await expect.poll(() => fact(second!, '威胁人数'), { timeout: 30_000 }).toMatch(/^71/)
    await second!.locator('[data-testid=table-row][data-key="geohazardPoints/Z4"]').click()
  })

  it('is whole in English', async () => {
    const page = second!
    await page.getByTestId('language').click()
    await page.getByTestId('record-edit').click()
    const words = (await page.getByTestId('record-form').innerText()).replace(
      /^灾|后杨滑坡|村干部电话|前松避险点/g,
      '',
    )
    expect(words).not.toMatch(/[一-鿿]/)
    await picture(page, 'form-english-1920')
    await page.getByTestId('form-cancel').click()
    await page.getByTestId('open-quality').click()
    await page.getByTestId('check-missing').click()
    await picture(page, 'quality-english-1920')
    await page.getByTestId('table-geohazardPoints').click()
    await picture(page, 'table-english-1920')
    const tools = await page.getByTestId('table').locator('header').innerText()
    expect(tools.replace(/^灾/, '')).not.toMatch(/[一-鿿]/)
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
