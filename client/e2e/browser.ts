import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium'
/** A Chromium without a GPU, without a network, without housekeeping. */
const FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
]
export type LonLat = [number, number]
export const hasBrowser = () => existsSync(PATH)

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, args: FLAGS })
}

/** A page of the program that also collects what went wrong in it. */
export async function openDesk(browser: Browser, url: string, width: number, height: number) {
  const page = await browser.newPage({ viewport: { width, height } })
  const faults: string[] = []
  page.on('pageerror', e => faults.push(e.message))
  page.on('console', m => m.type() === 'error' && faults.push(m.text()))
  await page.goto(url)
  return { page, faults }
}

/** What `?journey` lets a test ask of the map. */
interface Hook {
  project(at: LonLat): { x: number; y: number }
  idle(): boolean
  go(at: LonLat, zoom: number): void
  drawn(layer: string): Record<string, unknown>[]
}
type Hooked = { fengtuJourney?: Hook }

/** Until the map has nothing left to load or to move. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(isAtRest, null, { timeout: 60_000 })
  await page.waitForTimeout(400)
  await page.waitForFunction(isAtRest, null, { timeout: 60_000 })
}

/** In the page. A map that fills its cell no more has yet to hear of the window's new size, and will move. */
function isAtRest(): boolean {
  const cell = document.querySelector('[data-testid=map]')
  const canvas = cell?.querySelector('canvas')
  if (!cell || !canvas || !(window as Hooked).fengtuJourney?.idle()) return false
  return canvas.clientWidth === cell.clientWidth && canvas.clientHeight === cell.clientHeight
}

/** Where a place is on the screen now. */
export async function pixelOf(page: Page, at: LonLat): Promise<[number, number]> {
  const box = (await page.getByTestId('map').boundingBox())!
  const p = await page.evaluate(place => {
    const { x, y } = (window as Hooked).fengtuJourney!.project(place)
    return { x, y }
  }, at)
  return [box.x + p.x, box.y + p.y]
}

export async function clickAt(page: Page, at: LonLat): Promise<void> {
  const [x, y] = await pixelOf(page, at)
  await page.mouse.move(x, y)
  await page.mouse.click(x, y)
}

export async function drag(page: Page, from: LonLat, to: LonLat): Promise<void> {
  await page.mouse.move(...(await pixelOf(page, from)))
  await page.mouse.down()
  await page.mouse.move(...(await pixelOf(page, to)), { steps: 4 })
  await page.mouse.up()
}

/** Moves the map there and waits until it has. */
export async function go(page: Page, at: LonLat, zoom: number): Promise<void> {
  await page.evaluate(([to, z]) => (window as Hooked).fengtuJourney!.go(to, z), [at, zoom] as const)
  await settled(page)
}

/** What the map draws of a layer, once it has come to rest. */
export async function drawn(page: Page, layer: string): Promise<Record<string, unknown>[]> {
  await settled(page)
  return page.evaluate(id => (window as Hooked).fengtuJourney!.drawn(id), layer)
}
