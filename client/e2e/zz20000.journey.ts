import { it, expect } from 'vitest'
import { startBrowser, settled } from './browser.ts'
import { Program } from './program.ts'
it('20000', async () => {
  const program = await Program.make(); await program.importValleyWithRegisters(); await program.start()
  const browser = await startBrowser()
  const seat = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  await seat.request.post(`${program.url}/api/setup`, { data: { token: program.setupToken(), username: 'admin', name: '王', password: 'three quiet herons' } })
  for (let b = 0; b < 40; b++) {
    const put = Array.from({ length: 500 }, (_, i) => ({ ifRev: null, record: { register: 'geohazardPoints', id: `Q-${b * 500 + i}`, name: `黑石沟${b * 500 + i}号滑坡`, at: [110.3 + ((i * 7919) % 500) / 1500, 31.4 + b / 200], source: { name: '册', asOf: '2026-09-01' }, fields: { kind: 'landslide', people: (i * 37) % 900 } } }))
    const a = await seat.request.post(`${program.url}/api/rooms/valley/commands`, { data: { key: `k${b}`, name: 'saveRecords', input: { put, drop: [], note: null } } })
    expect(a.status()).toBe(200)
  }
  const page = await seat.newPage()
  await page.goto(`${program.url}/?journey`); await settled(page)
  const timed = async (n: string, f: () => Promise<unknown>) => { const t = Date.now(); await f(); console.log('TIMED', n, Date.now() - t) }
  await timed('tab', async () => { await page.getByTestId('tab-registers').click(); await page.getByTestId('open-quality').waitFor() })
  await timed('table', async () => { await page.getByTestId('table-geohazardPoints').click(); await page.getByTestId('table-row').first().waitFor() })
  await timed('search', async () => { await page.getByTestId('table-search').fill('号滑坡 199'); await expect.poll(() => page.getByTestId('table-count').innerText(), { interval: 10 }).toMatch(/^\d{1,3} \//) })
  await timed('search2', async () => { await page.getByTestId('table-search').fill('黑石 77'); await expect.poll(() => page.getByTestId('table-count').innerText(), { interval: 10 }).not.toMatch(/^20,/) })
  await timed('pinyin', async () => { await page.getByTestId('table-search').fill('hsg12'); await page.waitForTimeout(50); await expect.poll(() => page.getByTestId('table-count').innerText(), { interval: 10, timeout: 9000 }).toMatch(/^[\d,]+ \//) })
  await page.getByTestId('table-search').fill('')
  await timed('sort', async () => { await page.getByTestId('sort-people').click(); await page.locator('[aria-sort=ascending]').waitFor() })
  await timed('end', async () => { await page.getByTestId('table-rows').focus(); await page.keyboard.press('End'); await page.waitForTimeout(0) })
  await timed('quality', async () => { await page.getByTestId('open-quality').click(); await page.getByTestId('check-offRoad').click(); await page.getByTestId('finding').first().waitFor({ timeout: 120000 }) })
  await timed('edit-echo', async () => {
    await page.getByTestId('finding').first().click(); await page.getByTestId('record-edit').click()
    await page.getByTestId('field-people').locator('.input').fill('7'); await page.getByTestId('form-save').click(); await page.getByTestId('record-form').waitFor({ state: 'detached' }) })
  await page.screenshot({ path: '/tmp/20000.png' })
  await browser.close(); await program.end()
})
