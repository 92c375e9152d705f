import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startBrowser } from './browser.ts'
import { Program } from './program.ts'

/** The program with the made-up valley, and a browser: there while the journey lasts. */
export function useStage(): { program: Program; browser: Browser } {
  const stage = {} as { program: Program; browser: Browser }
  beforeAll(async () => {
    stage.program = await Program.ofValley()
    stage.browser = await startBrowser()
  })
  afterAll(async () => {
    await stage.browser?.close()
    await stage.program?.end()
  })
  return stage
}
