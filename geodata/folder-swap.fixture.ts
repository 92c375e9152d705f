import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/**
 * A process that swaps the folder `argv[2]` and is killed, as by `kill -9`, before its `argv[3]`th step on the disk;
 * it ends with 0 when it has fewer.
 */
const [live, fatal] = [process.argv[2]!, Number(process.argv[3])]
let steps = 0
const steal = <K extends 'mkdirSync' | 'writeFileSync' | 'renameSync' | 'rmSync'>(name: K): void => {
  const step = fs[name] as (...args: unknown[]) => unknown
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (++steps === fatal) process.kill(process.pid, 'SIGKILL')
      return step(...args)
    },
  })
}
const { openSwap } = await import('./folder-swap.ts')
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync'] as const) steal(name)
syncBuiltinESMExports()

const swap = openSwap(live, pid => new Error(`held by ${pid}`) as never)
fs.mkdirSync(join(swap.dir, 'deep'))
fs.writeFileSync(join(swap.dir, 'a'), 'new')
fs.writeFileSync(join(swap.dir, 'deep', 'b'), 'new')
swap.commit()
swap.end()
