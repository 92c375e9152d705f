import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { album } from './album.ts'
import { hasBrowser, settled } from './browser.ts'
import { ADMIN } from './records.page.ts'
import { useStage } from './stage.ts'
import { TOWN } from './valley.fixture.ts'

const picture = album('wall')
/** The walls that the product is made for, one of odd pixels, and a video conference's. */
const SIZES = [
  [1920, 1080],
  [3840, 1080],
  [5760, 1080],
  [3840, 2160],
  [7680, 2160],
  [3456, 1152],
  [1280, 720],
] as const

/** In the page: text that is cut off or covered, of everything that stands beside the map. */
function cutOff(): string[] {
  const faults: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>(
    '[data-testid=wall-state] *, [data-testid=wall-roads] *, header *',
  )) {
    if (element.children.length > 0 || !element.textContent?.trim()) continue
    const { left, top, right, bottom } = element.getBoundingClientRect()
    if (right > innerWidth + 1 || bottom > innerHeight + 1 || left < -1 || top < -1)
      faults.push(`outside the screen: ${element.textContent}`)
    const rail = element.closest('section')?.getBoundingClientRect()
    if (rail && (bottom > rail.bottom + 1 || right > rail.right + 1))
      faults.push(`cut: ${element.textContent}`)
  }
  return faults
}

/** In the page: the smallest type in px that a digit stands in, map and notes of sources aside. */
function smallestDigits(): number {
  const sizes = [...document.querySelectorAll<HTMLElement>('[data-testid=wall] section *')]
    .filter(element => element.children.length === 0 && /\d/.test(element.textContent ?? ''))
    .filter(element => !element.closest('.note'))
    .map(element => Number.parseFloat(getComputedStyle(element).fontSize))
  return Math.min(...sizes)
}

describe.skipIf(!hasBrowser())('a wall', () => {
  const stage = useStage()
  const faults: string[] = []
  let duty: BrowserContext
  let wall: Page

  const close = (id: string, name: string) =>
    duty.request.post(`${stage.program.url}/api/counties/valley/closures`, {
      data: {
        id,
        feature: {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: TOWN },
          properties: { kind: 'flood', name },
        },
      },
    })

  beforeAll(async () => {
    duty = await stage.browser.newContext()
    await duty.request.post(`${stage.program.url}/api/setup`, {
      data: { token: stage.program.setupToken(), ...ADMIN },
    })
    const seat = await stage.browser.newContext({ viewport: { width: 1920, height: 1080 } })
    wall = await seat.newPage()
    wall.on('pageerror', e => faults.push(e.message))
    await wall.goto(`${stage.program.url}/wall/watch?journey`)
    await wall.locator('[data-testid=code]:not([data-code=""])').waitFor()
    const code = await wall.getByTestId('code').getAttribute('data-code')
    const answer = await duty.request.post(`${stage.program.url}/api/pairing/confirm`, {
      data: { code, name: '指挥中心大屏' },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    await wall.getByTestId('wall').waitFor()
    await settled(wall)
  })

  it('says what the county can do, with source and age, before anything has happened', async () => {
    await expect
      .poll(() => wall.getByTestId('wall-state').innerText())
      .toMatch(/\d%[\s\S]*一小时内有队伍可到/)
    const state = await wall.getByTestId('wall-state').innerText()
    expect(state).toMatch(/救援队伍[\s\S]*2[\s\S]*不详[\s\S]*最旧 2026-06-30[\s\S]*台账/)
    expect(await wall.getByTestId('wall-roads').innerText()).toContain('没有断路')
    // No name or telephone of a person stands on a wall.
    expect(await wall.getByTestId('wall').innerText()).not.toMatch(/王值班|队长|\d{3}-\d{4}-\d{4}/)
  })

  it('shows a road closed at a desk, and who leaves the hour by it', async () => {
    const before = await wall.getByTestId('wall-state').locator('.figure').innerText()
    expect((await close('w1', 'G342 石桥段')).ok()).toBe(true)
    await wall.getByTestId('wall-road').waitFor()
    expect(await wall.getByTestId('wall-road').innerText()).toContain('G342 石桥段')
    await expect.poll(() => wall.getByTestId('wall-state').locator('.figure').innerText()).not.toBe(before)
    await expect.poll(() => wall.getByTestId('wall-township').count()).toBeGreaterThan(0)
  })

  it.each(SIZES)(
    'stands on %i × %i with nothing cut off, digits readable from the last row',
    async (width, height) => {
      await wall.setViewportSize({ width, height })
      await settled(wall)
      expect(await wall.evaluate(cutOff)).toEqual([])
      expect(await wall.evaluate(smallestDigits)).toBeGreaterThanOrEqual(Math.round((44 * height) / 1080))
      // The map with its legend is the largest thing on every wall.
      const map = await wall.getByTestId('wall').locator('main').boundingBox()
      expect(map!.width * map!.height).toBeGreaterThan(0.48 * width * height)
      await picture(wall, `watch-${width}x${height}`)
    },
  )

  it('takes its type from how it hangs', async () => {
    await wall.setViewportSize({ width: 1920, height: 1080 })
    await wall.goto(`${stage.program.url}/wall/watch?journey&pitch=1.25&distance=5`)
    await settled(wall)
    const body = await wall.getByTestId('wall').evaluate(el => getComputedStyle(el).fontSize)
    expect(body).toBe('28px')
    expect(await wall.evaluate(cutOff)).toEqual([])
    await picture(wall, 'watch-5m')
  })

  it('and nothing went wrong on the way', () => {
    expect(faults).toEqual([])
  })
})
