import { type Text, sayBoth } from '../../server/contract/errors.ts'
import type { Work } from '../../geodata/work.ts'
import { keepMemoryLow } from './memory.ts'

/** Where an import says how far it is. */
export interface Progress {
  /** Begins a step; `done` of the one before is implied. */
  step(label: Text): void
  /** 0–1 within the step. */
  fraction(done: number): void
  /** Ends the last step. */
  end(): void
}

export const SILENT: Progress = { step: () => {}, fraction: () => {}, end: () => {} }

interface Terminal {
  isTTY?: boolean
  write(text: string): unknown
}

const BAR = 24
const REDRAW_MS = 100

/** A bar per step with the time left on a terminal, a line per finished step elsewhere. */
export function progressOn(out: Terminal, steps: number): Progress {
  let label: Text | null = null
  let at = 0
  let started = 0
  let drawn = 0
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1)
  const head = (): string => `[${at}/${steps}] ${sayBoth(label!)}`
  const finish = (): void => {
    if (label === null) return
    if (out.isTTY) out.write('\r\x1b[K')
    out.write(`${head()} · ${seconds()} s\n`)
    label = null
  }
  return {
    step(next) {
      finish()
      label = next
      at++
      started = performance.now()
      drawn = 0
      if (out.isTTY) out.write(`\r\x1b[K${head()} …`)
    },
    fraction(done) {
      const now = performance.now()
      if (!out.isTTY || label === null || now - drawn < REDRAW_MS) return
      drawn = now
      const full = Math.round(done * BAR)
      const left = done > 0 ? ((now - started) / 1000) * (1 / done - 1) : NaN
      const bar = '█'.repeat(full) + '░'.repeat(BAR - full)
      const rest = Number.isFinite(left) ? ` 剩余 ${Math.ceil(left)} s left` : ''
      out.write(`\r\x1b[K${head()} ${bar} ${Math.round(done * 100)}%${rest}`)
    },
    end: finish,
  }
}

const BREATH_MS = 40

/**
 * Drives a computation, letting signals in every few milliseconds.
 * @throws what `signal` was aborted with
 */
export async function drive<T>(work: Work<T>, progress: Progress, signal: AbortSignal): Promise<T> {
  let last = performance.now()
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    const now = performance.now()
    if (now - last < BREATH_MS) continue
    progress.fraction(step.value)
    await breathe(signal)
    last = performance.now()
  }
}

/** Lets the event loop turn once, and memory go. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  keepMemoryLow()
  signal.throwIfAborted()
}
