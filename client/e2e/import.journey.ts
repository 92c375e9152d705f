import gcoord from 'gcoord'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeRegisters } from '../../geodata/formats/exchange/write.ts'
import { recordOf, type RecordEntity } from '../../server/contract/registers/entity.ts'
import { registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { album } from './album.ts'
import { hasBrowser, settled, startBrowser } from './browser.ts'
import { Program } from './program.ts'
import { TOWN } from './valley.fixture.ts'

const picture = album('import')
const DESK = { width: 1920, height: 1080 }
const SMALL = { width: 1366, height: 768 }
const ADMIN = { username: 'wang', name: '王工', password: 'three quiet herons' }
const ABOUT = {
  lang: 'zh',
  fictional: true,
  at: '2026-07-01T00:00:00.000Z',
  county: { zh: '青岭县', en: 'Qingling' },
} as const

async function bothWays(page: Page, name: string): Promise<void> {
  for (const size of [DESK, SMALL]) {
    await page.setViewportSize(size)
    await picture(page, `${name}-zh-${size.width}`)
  }
  await page.setViewportSize(DESK)
}

describe.skipIf(!hasBrowser())('files of registers', () => {
  let program: Program
  let browser: Browser
  let context: BrowserContext
  let desk: Page
  let other: Page
  const faults: string[] = []

  /** The rows of a register as the server has them. */
  async function rowsOf(register: string): Promise<RegisterRecord[]> {
    const answer = await context.request.get(`${program.url}/api/rooms/valley/world`)
    const { entities } = (await answer.json()) as { entities: RecordEntity[] }
    return entities.filter(({ kind }) => kind === register).map(recordOf)
  }
  async function workbook(register: string, rows: RegisterRecord[]): Promise<Buffer> {
    return Buffer.from((await writeRegisters('xlsx', [registerOf(register)!], rows, ABOUT)).bytes)
  }
  const choose = (name: string, buffer: Buffer) =>
    desk.getByTestId('file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  const changed = (rows: RegisterRecord[], id: string, fields: RegisterRecord['fields']) =>
    rows.map(row => (row.id === id ? { ...row, fields: { ...row.fields, ...fields } } : row))

  beforeAll(async () => {
    program = await Program.make()
    await program.importValleyWithRegisters()
    await program.start()
    browser = await startBrowser()
    context = await browser.newContext({ viewport: DESK })
    const made = await context.request.post(`${program.url}/api/setup`, {
      data: { token: program.setupToken(), ...ADMIN },
    })
    expect(made.status()).toBe(200)
    ;[desk, other] = [await context.newPage(), await context.newPage()]
    for (const page of [desk, other]) {
      page.on('pageerror', e => faults.push(e.message))
      await page.goto(`${program.url}/?journey`)
      await page.getByTestId('tab-registers').click()
    }
    await other.getByTestId('register-shelters').click()
    await other.locator('[data-key="shelters/S1"]').click()
    await desk.bringToFront()
    await settled(desk)
  })
  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await program?.end()
  })

  it('an export is a link; imported again it changes nothing, and says so', async () => {
    await desk.getByTestId('export').click()
    await picture(desk, 'export-1920')
    const href = (await desk.getByTestId('export-go').getAttribute('href'))!
    expect(href).toBe('/api/rooms/valley/export?format=xlsx&lang=zh')
    expect(await desk.getByTestId('export-persons').getAttribute('aria-checked')).toBe('false')
    const file = await context.request.get(program.url + href)
    expect(file.headers()['content-disposition']).toContain('.xlsx')
    await desk.getByTestId('modal-close').click()
    await desk.getByTestId('import').click()
    await bothWays(desk, 'choose')
    await choose('台账.xlsx', await file.body())
    await desk.getByTestId('preview').waitFor()
    expect(await desk.getByTestId('apply').isDisabled()).toBe(true)
    expect(await desk.getByTestId('apply-why').innerText()).toContain('文件和台账一致')
  })

  it('a changed cell is the one change that the preview shows; applied it is in the other page', async () => {
    const rows = changed(await rowsOf('shelters'), 'S1', { capacity: 1500 })
    await choose('避难场所.xlsx', await workbook('shelters', rows))
    await desk.getByTestId('change').waitFor()
    expect(await desk.getByTestId('change').allInnerTexts()).toEqual([
      expect.stringMatching(/可容纳\s*1,200\s*→\s*1,500\s*人/),
    ])
    expect(await desk.getByTestId('apply').innerText()).toMatch(/全部导入\s+新增 0\s+修改 1/)
    await bothWays(desk, 'change')
    expect(await other.getByTestId('record-card').innerText()).toMatch(/可容纳\s+1,200/)
    await desk.getByTestId('apply').click()
    await desk.getByTestId('import-done').waitFor()
    expect(await desk.getByTestId('import-done').innerText()).toMatch(
      /新增 0，修改 1，删除 0\s+第 \d+ 号变更/,
    )
    await picture(desk, 'done-1920')
    await expect.poll(() => other.getByTestId('record-card').innerText()).toMatch(/可容纳\s+1,500/)
  })

  it('names and telephones come in beside the rows, shown row by row, and go out only when asked', async () => {
    await desk.getByText('再导入一个文件').click()
    const text =
      '编号,名称,类别,队长,队长电话\nD1,县消防救援大队,消防,赵某,+86 000-1234-5678\nD2,石桥镇应急队,乡镇综合,,'
    await choose('救援队伍.csv', Buffer.from(text))
    await desk.getByTestId('persons-change').first().waitFor()
    expect(await desk.getByTestId('persons-change').allInnerTexts()).toEqual([
      expect.stringMatching(/姓名电话\s*队长\s*（空）\s*→\s*赵某/),
      expect.stringMatching(/队长电话\s*（空）\s*→\s*\+86 000-1234-5678/),
    ])
    expect(await desk.getByTestId('persons-changed').innerText()).toMatch(/^1 行的姓名、电话有变化/)
    await bothWays(desk, 'persons')
    await desk.getByTestId('apply').click()
    await desk.getByTestId('import-done').waitFor()
    expect(await desk.getByTestId('import-done').innerText()).toContain('其中 1 行的姓名、电话已保存')
    await desk.getByTestId('import-close').click()
    await desk.getByTestId('export').click()
    await desk.getByTestId('export-persons').click()
    await picture(desk, 'export-persons-1920')
    const href = (await desk.getByTestId('export-go').getAttribute('href'))!
    expect(href).toContain('&persons=true')
    const file = await (await context.request.get(program.url + href)).body()
    await desk.getByTestId('modal-close').click()
    await desk.getByTestId('import').click()
    await choose('台账.xlsx', file)
    await desk.getByTestId('preview').waitFor()
    expect(await desk.getByTestId('apply-why').innerText()).toContain('文件和台账一致')
  })

  it('refused rows come first with place and remedy, and are left out only when that is said', async () => {
    const [row] = changed(await rowsOf('shelters'), 'S1', { capacity: 1600 })
    const bad = { ...row!, id: 'S9', name: '坏行', fields: { ...row!.fields, capacity: -5 } }
    await choose('避难场所.xlsx', await workbook('shelters', [row!, bad]))
    await desk.getByTestId('preview-row').first().waitFor()
    const first = await desk.getByTestId('preview-row').first().innerText()
    expect(first).toMatch(/拒绝[^]*第 \d+ 行[^]*坏行[^]*[A-Z]+ 列/)
    await desk.getByTestId('apply').click()
    expect(await desk.getByTestId('apply-sure').innerText()).toContain('1 行有错，不会导入；其余照导？')
    await bothWays(desk, 'refused')
    await desk.getByTestId('apply-no').click()
    expect((await rowsOf('shelters'))[0]!.fields.capacity).toBe(1500)
  })

  it('what somebody else changed meanwhile is not overwritten: previewed again with one click', async () => {
    const held = (
      (await (await context.request.get(`${program.url}/api/rooms/valley/world`)).json()) as {
        entities: RecordEntity[]
      }
    ).entities.find(({ kind, id }) => kind === 'shelters' && id === 'S1')!
    const record = { ...recordOf(held), name: '石桥中学避难所' }
    const saved = await context.request.post(`${program.url}/api/rooms/valley/commands`, {
      data: { key: 'k1', name: 'saveRecord', input: { record, ifRev: held.rev, note: null } },
    })
    expect(saved.status()).toBe(200)
    await desk.getByTestId('apply').click()
    await desk.getByTestId('apply-yes').click()
    await desk.getByTestId('preview-again').waitFor()
    expect(await desk.getByTestId('import-trouble').innerText()).toContain('什么都没有导入')
    await picture(desk, 'outrun-1920')
    await desk.getByTestId('preview-again').click()
    await desk.getByTestId('preview-again').waitFor({ state: 'detached' })
    await desk.locator('[data-testid=preview-row][data-id=S1]').getByText('石桥中学避难所').waitFor()
  })

  it('positions in another datum are doubted aloud, and put right by one click', async () => {
    const stores: RegisterRecord[] = Array.from({ length: 12 }, (_, n) => {
      const i = 4 + n * 4
      const at: [number, number] = [TOWN[0] + 0.004 * i, TOWN[1] + Math.sin(i / 3) * 0.0024]
      return {
        id: `N${n}`,
        register: 'stores',
        name: `沿路物资点 ${n}`,
        at: gcoord.transform(at, gcoord.WGS84, gcoord.GCJ02) as [number, number],
        source: { name: '物资科', asOf: '2026-06-30' },
        fields: { tier: 'county' },
      }
    })
    await choose('物资点.xlsx', await workbook('stores', stores))
    await desk.getByTestId('datum-wrong').waitFor()
    expect(await desk.getByTestId('datum-wrong').innerText()).toMatch(/坐标系可能选错了[^]*GCJ-02/)
    expect(await desk.getByTestId('missing').innerText()).toMatch(/1 行[^]*县应急物资库 K1/)
    await bothWays(desk, 'datum')
    await desk.getByTestId('apply').click()
    expect(await desk.getByTestId('apply-sure').innerText()).toContain('坐标系可能选错了，仍按')
    await desk.getByTestId('apply-no').click()
    await desk.getByTestId('datum-use').click()
    await desk.getByTestId('datum-wrong').waitFor({ state: 'detached' })
    await desk.getByTestId('preview-row').first().waitFor()
    expect(await desk.getByTestId('datum').inputValue()).toBe('gcj02')
  })

  it('in English nothing but names and the file’s own words is Chinese', async () => {
    await desk.getByTestId('modal-close').click()
    await desk.getByTestId('language').click()
    await desk.getByTestId('import').click()
    const [row] = changed(await rowsOf('shelters'), 'S1', { capacity: 1600, kind: 'emergency' })
    const bad = { ...row!, id: 'S9', fields: { ...row!.fields, capacity: -5 } }
    await choose('shelters.xlsx', await workbook('shelters', [row!, bad]))
    await desk.getByTestId('change').first().waitFor()
    for (const size of [DESK, SMALL]) {
      await desk.setViewportSize(size)
      await picture(desk, `refused-en-${size.width}`)
    }
    const words = (await desk.getByTestId('change').allInnerTexts()).join(' ')
    expect(words).not.toMatch(/[一-鿿]/)
    await choose('teams.csv', Buffer.from('编号,名称,类别,队长\nD1,县消防救援大队,消防,Zhao'))
    await desk.getByTestId('persons-change').waitFor()
    await picture(desk, 'persons-en-1366')
    await desk.getByTestId('modal-close').click()
    await desk.getByTestId('export').click()
    await desk.getByTestId('export-persons').click()
    await picture(desk, 'export-en-1366')
    expect(await desk.getByTestId('export-box').innerText()).not.toMatch(/[一-鿿]/)
    await desk.getByTestId('modal-close').click()
    await desk.getByTestId('language').click()
  })

  it('a file of nonsense is refused with the remedy', async () => {
    await desk.getByTestId('import').click()
    await choose('nonsense.xlsx', Buffer.from('this is no workbook'))
    await desk.getByTestId('import-trouble').waitFor()
    expect((await desk.getByTestId('import-trouble').locator('.remedy').innerText()).trim()).not.toBe('')
    expect(await desk.getByTestId('apply').count()).toBe(0)
    await picture(desk, 'nonsense-1366')
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
