import { fileURLToPath } from 'node:url'
import { clickAt, go, openDesk, settled, startBrowser, type LonLat } from './browser.ts'

/**
 * The README's pictures of the demonstration county: the desk with a point set, then, as a sheet of paper, three zooms:
 * `npx tsx client/e2e/pictures.ts http://127.0.0.1:8787` beside a running server that has it.
 */
const SHOTS: { name: string; at?: LonLat; zoom?: number }[] = [
  { name: 'qingling-county' },
  { name: 'qingling-valley', at: [82.78, 38.92], zoom: 12.1 },
  { name: 'qingling-town', at: [82.805, 38.893], zoom: 14.2 },
]
const FOLDER = fileURLToPath(new URL('./pictures/', import.meta.url))
/** Labels fade in after the tiles are there. */
const LABELS_MS = 5000

const url = process.argv[2] ?? 'http://127.0.0.1:8787'
const browser = await startBrowser()
const { page } = await openDesk(browser, `${url}/?journey&county=qingling`, 1920, 1080)
await settled(page)
await clickAt(page, await hazardNear([82.6624, 38.9686]))
await page.getByText('事发在此').click()
await page.getByTestId('team').first().waitFor()
await settled(page)
await page.waitForTimeout(LABELS_MS)
await page.screenshot({ path: `${FOLDER}desk-zh.jpg`, type: 'jpeg', quality: 82 })
await page.keyboard.press('Escape')
await page.getByTestId('paper').click()
await page.waitForTimeout(1000)
for (const { name, at, zoom } of SHOTS) {
  if (at && zoom !== undefined) await go(page, at, zoom)
  else await settled(page)
  await page.waitForTimeout(LABELS_MS)
  await settled(page)
  const path = `${FOLDER}${name}.jpg`
  await page.locator('.map').screenshot({ path, type: 'jpeg', quality: 80 })
  console.log(path)
}
await browser.close()

/** The hazard point nearest to a place far up a side valley, so that the hour has an end on the screen. */
async function hazardNear([lon, lat]: LonLat): Promise<LonLat> {
  const answer = await fetch(`${url}/ogc/counties/qingling/collections/geohazardPoints/items?limit=1000`)
  const { features } = (await answer.json()) as { features: { geometry: { coordinates: LonLat } | null }[] }
  const places = features.flatMap(({ geometry }) => (geometry ? [geometry.coordinates] : []))
  const far = ([x, y]: LonLat): number => Math.hypot(x - lon, y - lat)
  return places.reduce((best, place) => (far(place) < far(best) ? place : best))
}
