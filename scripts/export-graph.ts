import { resolve } from 'node:path'
import { complain } from './complain.ts'
import { readArguments } from './export-graph/arguments.ts'
import { STEPS, exportGraph } from './export-graph/run.ts'
import { progressOn } from './import/progress.ts'
import { interruptible } from './interrupt.ts'

/** `npm run export-graph -- ID --profile heavy --out FOLDER`: exit 0 done, 1 refused, 130/143 interrupted. */
async function main(): Promise<number> {
  const stop = interruptible()
  try {
    const args = readArguments(process.argv.slice(2))
    // npm changes into the project's root first; a relative folder is meant from where the command was typed.
    const out = resolve(process.env.INIT_CWD ?? '.', args.out)
    const { nodes, arcs } = await exportGraph({
      ...args,
      out,
      dataDir: resolve(process.env.FENGTU_DATA || '.fengtu'),
      progress: progressOn(process.stdout, Object.keys(STEPS).length),
      signal: stop.signal,
    })
    console.log(
      `节点 ${nodes}，路段 ${arcs}，已写入 ${out} / ${nodes} nodes, ${arcs} arcs, written to ${out}`,
    )
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('\n已中断，没有写出 / Interrupted; nothing was written')
      return stop.code()
    }
    complain(error, { zh: '导出失败（程序错误）', en: 'Export failed (a fault of the program)' })
    return 1
  }
}

process.exitCode = await main()
