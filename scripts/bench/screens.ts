import type { Page } from 'playwright-core'
import { hasBrowser, openDesk, settled, startBrowser } from '../../client/e2e/browser.ts'
import { Program, TOWN_AT } from '../../client/e2e/program.ts'

const CHANGES = 40
const WITHIN_MS = 200
/** Time for a screen to draw what came before. */
const PAUSE_MS = 250

/**
 * How long after a command on one screen each of two others has it. Without a GPU three maps are drawn by the same
 * processor that serves and computes: the second figure is this machine's, the first the program's.
 */
export async function measureScreens(): Promise<void> {
  if (!hasBrowser()) return console.log('NOT RUN: screens (apt-get install chromium)')
  const program = await Program.make()
  const browser = await startBrowser()
  try {
    const county = await program.importCountry()
    await program.start()
    const pages: Page[] = []
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
      [1920, 1080],
    ] as const) {
      const { page } = await openDesk(browser, `${program.url}/?journey&county=${county}`, width, height)
      await settled(page)
      await page.getByTestId('tab-closures').click()
      // What compiles these scripts names functions by a call that no page has.
      await page.evaluate('globalThis.__name = fn => fn')
      pages.push(page)
    }
    const [from, ...others] = pages as [Page, ...Page[]]
    const [knownMs, drawnMs]: [number[], number[]] = [[], []]
    for (let i = 0; i < CHANGES; i++) {
      const id = `screen-${i}`
      const shown = others.map(page => page.evaluate(whenShown, id))
      const [sent, ...seen] = await Promise.all([
        from.evaluate(closeAt, { county, id, at: TOWN_AT }),
        ...shown,
      ])
      for (const { known, drawn } of seen) {
        knownMs.push(known - sent)
        drawnMs.push(drawn - sent)
      }
      await from.waitForTimeout(PAUSE_MS)
    }
    console.log(`\nfrom one screen to two others, ${CHANGES} closures (≤ ${WITHIN_MS} ms)`)
    console.log(`  the closure stands in their lists    ${spread(knownMs)}`)
    console.log(`  and is drawn, maps and all           ${spread(drawnMs)}`)
  } finally {
    await browser.close()
    await program.end()
  }
}

function spread(ms: number[]): string {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number): string => `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0)} ms`
  const over = sorted.filter(one => one > WITHIN_MS).length
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}; over: ${over} of ${sorted.length}`
}

/** In the page: sends the command; the moment it did. */
async function closeAt({
  county,
  id,
  at,
}: {
  county: string
  id: string
  at: [number, number]
}): Promise<number> {
  const sent = performance.timeOrigin + performance.now()
  const geometry = { type: 'Point', coordinates: at }
  const feature = { type: 'Feature', geometry, properties: { kind: 'flood', name: id } }
  const answer = await fetch(`/api/counties/${county}/closures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, feature }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return sent
}

/** In the page: the moment the closure stands in the list, and that of the frame after. */
function whenShown(id: string): Promise<{ known: number; drawn: number }> {
  const now = (): number => performance.timeOrigin + performance.now()
  return new Promise(resolve => {
    const observer = new MutationObserver(look)
    function look(): void {
      if (!document.querySelector(`[data-testid=closure][data-id="${id}"]`)) return
      observer.disconnect()
      const known = now()
      requestAnimationFrame(() => setTimeout(() => resolve({ known, drawn: now() })))
    }
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    look()
  })
}
