import type { Page } from 'playwright-core'
import { TOWN } from './valley.fixture.ts'

export const ADMIN = { username: 'admin', name: '王值班', password: 'three quiet herons' }
export const MANY = 400
/** Rows enough that a table cannot hold them all at once. */
export const SCHOOLS = Array.from({ length: MANY }, (_, i) => ({
  ifRev: null,
  record: {
    register: 'schools',
    id: `X-${String(i + 1).padStart(3, '0')}`,
    name: `${['石桥', '大营', '黑石', '前松'][i % 4]}第${i + 1}小学`,
    at: [TOWN[0] + 0.0004 * (i % 20), TOWN[1] + 0.0004 * Math.floor(i / 20)],
    source: { name: '县教育局名册（虚构示范数据）', asOf: '2026-09-01' },
    fields: { pupils: (i * 37) % 900 },
  },
}))

export const openRow = async (page: Page, key: string) => {
  await page.getByTestId(`table-${key.split('/')[0]}`).click()
  await page.locator(`[data-testid=table-row][data-key="${key}"]`).click()
  await page.getByTestId('record-card').waitFor()
}
export const field = (page: Page, key: string) => page.getByTestId(`field-${key}`).locator('.input')
export const fact = (page: Page, head: string) =>
  page.locator(`dt:has-text("${head}") + dd`).first().innerText()
export const save = async (page: Page) => {
  await page.getByTestId('form-save').click()
  await page.getByTestId('record-form').waitFor({ state: 'detached' })
}
