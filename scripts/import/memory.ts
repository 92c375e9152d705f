import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8 lets garbage grow to several times what lives; a county's server may share the machine. */
const HIGH = 400 * 1024 ** 2
const GROWN = 80 * 1024 ** 2

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

let floor = 0

/** Collects garbage when the process has grown since it was last done. */
export function keepMemoryLow(): void {
  if (process.memoryUsage.rss() < Math.max(HIGH, floor + GROWN)) return
  collect()
  floor = process.memoryUsage.rss()
}
