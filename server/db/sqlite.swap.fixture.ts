import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * A process that lets the fresh files in the folder `argv[2]` take the places of the old ones and is killed, as by
 * `kill -9`, before its `argv[3]`th step on the disk; it ends with 0 when it has fewer.
 */
const [folder, fatal] = [process.argv[2]!, Number(process.argv[3])]
const STEPS = ['writeFileSync', 'renameSync', 'rmSync', 'linkSync', 'fsyncSync'] as const
const { swapIn } = await import('./sqlite.swap.ts')
let steps = 0
for (const name of STEPS) {
  const step = fs[name] as (...args: unknown[]) => unknown
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (++steps === fatal) process.kill(process.pid, 'SIGKILL')
      return step(...args)
    },
  })
}
syncBuiltinESMExports()
swapIn(folder, { stamp: 'then', parts: ['journal', 'accounts', 'persons'] })
