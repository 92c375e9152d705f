import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { settled } from './browser.ts'

/** A new folder for what a journey sees: takes a picture of a page, its map at rest where it has one, and says where it lies. */
export function album(journey: string): (page: Page, name: string) => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `fengtu-${journey}-`))
  return async (page, name) => {
    if ((await page.getByTestId('map').count()) > 0) await settled(page)
    const path = join(folder, `${name}.png`)
    await page.screenshot({ path })
    console.log(`picture ${path}`)
  }
}
