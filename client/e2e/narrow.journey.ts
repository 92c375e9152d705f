import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { hasBrowser, settled } from './browser.ts'
import { ADMIN, SCHOOLS, openRow } from './records.page.ts'
import { useStage } from './stage.ts'

const picture = album('narrow')
const FINGER_PX = 44
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const
const CSV =
  '编号,名称,经度,纬度,来源,截至\nX-900,新校,110.5,33.9,县教育局,2026-09-01\nX-901,,甲,33.9,县教育局,\n'

/** What can be touched and is seen, but too small for a finger; the map's own symbols are aimed at by sight. */
function tooSmall(least: number): string[] {
  return [...document.querySelectorAll<HTMLElement>('button, select, summary, input:not([type=checkbox])')]
    .filter(
      element => element.checkVisibility({ checkOpacity: true }) && !element.closest('[data-testid=map]'),
    )
    .filter(element => {
      const { width, height } = element.getBoundingClientRect()
      return width > 0 && (height < least - 0.5 || width < least - 0.5)
    })
    .map(
      element => `${element.outerHTML.slice(0, 120)} ${Math.round(element.getBoundingClientRect().height)}`,
    )
}
const widerThanPage = () => document.documentElement.scrollWidth - document.documentElement.clientWidth

describe.skipIf(!hasBrowser())('the registers’ desk on every screen', () => {
  const stage = useStage()
  const faults: string[] = []
  beforeAll(async () => {
    const seat = await stage.browser.newContext()
    await seat.request.post(`${stage.program.url}/api/setup`, {
      data: { token: stage.program.setupToken(), ...ADMIN },
    })
    const data = { key: 'schools', name: 'saveRecords', input: { put: SCHOOLS, drop: [], note: '名册' } }
    await seat.request.post(`${stage.program.url}/api/rooms/valley/commands`, { data })
  })

  describe.each(SIZES)('at $width × $height', ({ width, height }) => {
    const isPhone = width < 760
    let page: Page

    /** The page is no wider than the screen, a finger hits everything, in both languages. */
    async function fits(name: string): Promise<void> {
      for (const lang of ['zh', 'en']) {
        await picture(page, `${name}-${lang}-${width}`)
        expect(await page.evaluate(widerThanPage), `${name} ${lang}`).toBe(0)
        if (isPhone) expect(await page.evaluate(tooSmall, FINGER_PX), `${name} ${lang}`).toEqual([])
        await page.getByTestId('language').dispatchEvent('click')
      }
    }
    beforeAll(async () => {
      const seat = await stage.browser.newContext({
        viewport: { width, height },
        hasTouch: isPhone,
        isMobile: isPhone,
      })
      const { username, password } = ADMIN
      await seat.request.post(`${stage.program.url}/api/sign-in`, { data: { username, password } })
      page = await seat.newPage()
      page.on('pageerror', e => faults.push(e.message))
      await page.goto(`${stage.program.url}/?journey`)
      await settled(page)
      await page.getByTestId('tab-registers').click()
    })
    afterAll(() => page?.context().close())

    it('the table of a register', async () => {
      await page.getByTestId('table-schools').click()
      await page.getByTestId('table-row').first().waitFor()
      await fits('table')
    })
    it('the form, and a line in it', async () => {
      await openRow(page, 'geohazardPoints/Z1')
      await page.getByTestId('record-edit').click()
      await page.getByTestId('record-form').waitFor()
      await fits('form')
      const area = page.getByTestId('field-area')
      await area.getByTestId('line-draw').click()
      await area.locator('summary').click()
      await area.scrollIntoViewIfNeeded()
      await fits('form-line')
      await page.getByTestId('form-cancel').click()
    })
    it('the quality of the data', async () => {
      await page.getByTestId('open-quality').click()
      await page.getByTestId('check-old').click()
      await page.getByTestId('finding').first().waitFor()
      await fits('quality')
      await page.getByTestId('quality-close').click()
    })
    it('the preview of an import', async () => {
      await page.getByTestId('import').first().click()
      await page
        .getByTestId('file')
        .setInputFiles({ name: '学校.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
      await page.getByTestId('preview').waitFor()
      await fits('import')
      await page.keyboard.press('Escape')
    })
    it('the accounts', async () => {
      await page.getByTestId('me').click()
      await page.getByTestId('menu-accounts').click()
      await page.getByTestId('account').first().click()
      await page.getByTestId('account-card').waitFor()
      await fits('accounts')
      await page.getByTestId('make-add').click()
      await fits('accounts-add')
    })
  })
  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
