import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { hasBrowser, settled } from './browser.ts'
import { useStage } from './stage.ts'

const picture = album('accounts')
const PASSWORD = 'three quiet herons'
const DESK = { width: 1920, height: 1080 }
const SMALL = { width: 1366, height: 768 }

/** A page in both languages and at both sizes. */
async function bothWays(page: Page, name: string, language = 'language'): Promise<void> {
  for (const size of [DESK, SMALL]) {
    await page.setViewportSize(size)
    await picture(page, `${name}-zh-${size.width}`)
    await page.getByTestId(language).click()
    await picture(page, `${name}-en-${size.width}`)
    await page.getByTestId(language).click()
  }
}
const passwordOf = (page: Page, testId: string) => page.getByTestId(testId).locator('input')

describe.skipIf(!hasBrowser())('accounts', () => {
  const stage = useStage()
  let desk: Page
  let wall: Page
  const faults: string[] = []

  /** Another browser, with cookies of its own. */
  async function open(path: string): Promise<Page> {
    const context = await stage.browser.newContext({ viewport: DESK })
    const page = await context.newPage()
    page.on('pageerror', e => faults.push(e.message))
    await page.goto(path.startsWith('http') ? path : stage.program.url + path)
    return page
  }

  it('a guest of this machine sees the county and is told how to make an administrator', async () => {
    desk = await open('/?journey')
    await settled(desk)
    expect(await desk.getByTestId('me').innerText()).toContain('访客（本机）')
    await desk.getByTestId('me').click()
    expect(await desk.getByTestId('guest-advice').innerText()).toMatch(/设一个管理员.*终端窗口/)
    await picture(desk, 'guest-1920')
    await desk.getByTestId('me').press('Escape')
    await desk.getByTestId('guest-advice').waitFor({ state: 'detached' })
  })

  it('the link without its token, and with a wrong one, says what to do', async () => {
    const page = await open('/setup')
    expect(await page.getByTestId('error').innerText()).toMatch(/不完整.*终端窗口/)
    await page.goto(`${stage.program.url}/setup#wrong-token`)
    await page.reload()
    await page.getByTestId('username').fill('wang')
    await page.getByTestId('name').fill('王工')
    await passwordOf(page, 'password').fill('short')
    await passwordOf(page, 'again').fill('shorter')
    await page.getByText('两遍不一样').waitFor()
    expect(await page.getByTestId('setup-go').isDisabled()).toBe(true)
    await passwordOf(page, 'password').fill(PASSWORD)
    await passwordOf(page, 'again').fill(PASSWORD)
    await page.getByTestId('setup-go').click()
    await page.getByText(/初始设置链接无效/).waitFor()
    expect(await page.getByTestId('error').innerText()).toMatch(/重新启动服务器/)
  })

  it('the printed link makes the administrator and goes on to the desk', async () => {
    await desk.goto(`${stage.program.url}/setup#${stage.program.setupToken()}`)
    await desk.getByTestId('username').fill('wang')
    await desk.getByTestId('name').fill('王工')
    await passwordOf(desk, 'password').fill('0123456789')
    await passwordOf(desk, 'again').fill('0123456789')
    await desk.getByTestId('setup-go').click()
    await desk.getByText('这个密码太容易猜到').waitFor()
    await bothWays(desk, 'setup', 'entry-language')
    await passwordOf(desk, 'password').fill(PASSWORD)
    await passwordOf(desk, 'again').fill(PASSWORD)
    await desk.getByTestId('setup-go').click()
    await desk.getByTestId('me').waitFor()
    expect(await desk.getByTestId('me').innerText()).toMatch(/王工\s*管理员/)
    expect(new URL(desk.url()).hash).toBe('')
    await desk.goto(`${stage.program.url}/?journey`)
    await settled(desk)
  })

  it('signing out leaves nothing; six wrong passwords slow down, and it says how long; then signs in', async () => {
    await desk.getByTestId('me').click()
    await desk.getByTestId('menu-sign-out').click()
    await desk.getByTestId('sign-in').waitFor()
    expect(await desk.getByTestId('map').count()).toBe(0)
    await bothWays(desk, 'sign-in', 'entry-language')
    await desk.getByTestId('username').fill('wang')
    for (let i = 0; i < 5; i++) {
      await passwordOf(desk, 'password').fill(`wrong password ${i}`)
      await desk.getByTestId('sign-in-go').click()
      await expect.poll(() => desk.getByTestId('sign-in-go').isEnabled()).toBe(true)
      await desk.getByText('用户名或密码不对').waitFor()
    }
    await passwordOf(desk, 'password').fill(PASSWORD)
    await desk.getByTestId('sign-in-go').click()
    await desk.getByTestId('slowed').waitFor()
    expect(await desk.getByTestId('slowed').innerText()).toMatch(/尝试次数过多[^]*\d 秒后再试/)
    expect(await desk.getByTestId('sign-in-go').isDisabled()).toBe(true)
    await picture(desk, 'slowed-zh')
    await desk.getByTestId('slowed').waitFor({ state: 'detached' })
    await desk.getByTestId('sign-in-go').click()
    await desk.getByTestId('me').waitFor()
    await settled(desk)
  })

  it('adds a duty officer; a username that is taken is said beside its field', async () => {
    await desk.getByTestId('me').click()
    await desk.getByTestId('menu-accounts').click()
    expect(new URL(desk.url()).pathname).toBe('/accounts')
    await desk.getByTestId('make-add').click()
    const form = desk.getByTestId('add-person')
    expect(await form.innerText()).toContain('可以：查看、用全部队伍测算、看姓名电话、断路、改台账、上报')
    await form.getByTestId('name').fill('李值班')
    await form.getByTestId('username').fill('wang')
    await form.getByTestId('password').locator('input').fill(PASSWORD)
    await form.getByTestId('add-go').click()
    await form.getByText('用户名“wang”已被使用').waitFor()
    await form.getByTestId('username').fill('li')
    await form.getByTestId('add-go').click()
    await desk.getByTestId('account-card').waitFor()
    expect(await desk.getByTestId('account').allInnerTexts()).toEqual([
      expect.stringMatching(/王工\s+wang\s+管理员/),
      expect.stringMatching(/李值班\s+li\s+值班员/),
    ])
  })

  it('the last administrator stays one', async () => {
    await desk.getByTestId('account').first().click()
    const card = desk.getByTestId('account-card')
    await card.getByTestId('role').selectOption('duty')
    await card.getByTestId('account-save').click()
    await card.getByText('这是最后一个管理员').waitFor()
    expect(await card.getByTestId('error').innerText()).toContain('先设另一个管理员')
    await desk.getByTestId('side-close').first().click()
  })

  it('pairs a wall by its code', async () => {
    wall = await open('/wall?journey')
    await wall.locator('[data-testid=code]:not([data-code=""])').waitFor()
    await picture(wall, 'pairing-1920')
    await wall.setViewportSize(SMALL)
    await picture(wall, 'pairing-1366')
    await wall.setViewportSize(DESK)
    await desk.getByTestId('make-pair').click()
    await desk.getByTestId('pair-code').fill('AAAA AAAA')
    await desk.getByTestId('pair-name').fill('指挥大厅主屏')
    await desk.getByTestId('pair-go').click()
    await desk.getByText('没有大屏正显示这个配对码').waitFor()
    const code = (await wall.getByTestId('code').getAttribute('data-code'))!
    await desk.getByTestId('pair-code').fill(code.toLowerCase())
    await desk.getByTestId('pair-go').click()
    await desk.getByTestId('paired').waitFor()
    await wall.getByTestId('wall').waitFor()
    await settled(wall)
    await picture(wall, 'wall-1920')
    expect(await wall.getByTestId('connection').innerText()).toContain('已连服务器')
    expect(await wall.getByRole('button').count()).toBe(0)
  })

  it('gives a team a link that opens on a phone, once shown', async () => {
    await desk.getByTestId('make-link').click()
    await desk.getByTestId('link-row').selectOption({ label: '石桥镇应急队' })
    await desk.getByTestId('link-go').click()
    const url = await desk.getByTestId('link-url').inputValue()
    expect(url).toMatch(/\/field#[\w-]{22}$/)
    await bothWays(desk, 'accounts')
    const phone = await open(url)
    await phone.getByTestId('me').waitFor()
    expect(await phone.getByTestId('me').innerText()).toContain('队伍/乡镇')
    expect(phone.url()).toBe(`${stage.program.url}/`)
    const again = await open('/field#not-a-link')
    await again.getByText(/这个现场链接无效/).waitFor()
    expect(again.url()).not.toContain('not-a-link')
  })

  it('ends the wall’s session, and the wall asks to be paired again', async () => {
    await desk.locator('[data-testid=account][data-name="指挥大厅主屏"]').click()
    const card = desk.getByTestId('account-card')
    await card.getByTestId('session').waitFor()
    await bothWays(desk, 'wall-account')
    await card.getByTestId('session-end').click()
    await wall.locator('[data-testid=code]:not([data-code=""])').waitFor()
    expect(await wall.getByTestId('wall').count()).toBe(0)
  })

  it('a session that ends asks to sign in where one is, and goes on there', async () => {
    const li = await open('/?journey')
    await li.getByTestId('username').fill('li')
    await passwordOf(li, 'password').fill(PASSWORD)
    await li.getByTestId('sign-in-go').click()
    await settled(li)
    await li.getByTestId('tab-registers').click()
    await li.getByTestId('register-shelters').click()
    await desk.locator('[data-testid=account][data-name="李值班"]').click()
    await desk.getByTestId('account-card').getByTestId('session-end').click()
    await li.getByText('李值班 的登录已结束').waitFor()
    await picture(li, 'ended-1920')
    await li.getByTestId('username').fill('li')
    await passwordOf(li, 'password').fill(PASSWORD)
    await li.getByTestId('sign-in-go').click()
    await li.getByTestId('sign-in').waitFor({ state: 'detached' })
    expect(await li.getByTestId('record').count()).toBe(1)
    await li.getByText('已连服务器').waitFor()
    await li.getByTestId('me').click()
    expect(await li.getByTestId('menu-accounts').count()).toBe(0)
    await li.getByTestId('menu-sessions').click()
    await li.getByTestId('session').waitFor()
    expect(await li.getByTestId('session').allInnerTexts()).toEqual([expect.stringContaining('本机这个')])
    await picture(li, 'my-sessions-1920')
    await li.keyboard.press('Escape')
    await li.goto(`${stage.program.url}/accounts`)
    await li.getByText(/管理账户要有权限/).waitFor()
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
