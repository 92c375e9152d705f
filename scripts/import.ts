import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { sayBoth } from '../server/contract/errors.ts'
import { repairCounties } from '../geodata/counties.ts'
import { complain } from './complain.ts'
import { readArguments } from './import/arguments.ts'
import { progressOn } from './import/progress.ts'
import { troubleOf } from './import/trouble.ts'
import { type Imported, STEPS, importCounty } from './import/run.ts'
import { interruptible } from './interrupt.ts'

/** `npm run import -- FOLDER [--id ID] [--name NAME]`: exit 0 done, 1 refused, 130/143 interrupted. */
async function main(): Promise<number> {
  const stop = interruptible()
  const dataDir = resolve(process.env.FENGTU_DATA || '.fengtu')
  try {
    const args = readArguments(process.argv.slice(2))
    for (const text of repairCounties(dataDir)) console.log(sayBoth(text))
    const imported = await importCounty({
      ...args,
      folder: fromWhereTyped(args.folder),
      dataDir,
      progress: progressOn(process.stdout, Object.keys(STEPS).length),
      signal: stop.signal,
      now: () => new Date().toISOString(),
    })
    report(imported)
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('\n已中断，原有数据未变 / Interrupted; the county that was there is unchanged')
      return stop.code()
    }
    complain(troubleOf(error, dataDir), {
      zh: '导入失败（程序错误），原有数据未变',
      en: 'Import failed (a fault of the program); nothing was changed',
    })
    return 1
  }
}

/** npm changes into the project's root first; a relative path is meant from where the command was typed. */
function fromWhereTyped(folder: string): string {
  const here = resolve(folder)
  const typed = resolve(process.env.INIT_CWD ?? '.', folder)
  return !existsSync(here) && existsSync(typed) ? typed : here
}

function report({ county, counts }: Imported): void {
  const { name, id, notes } = county
  const c = counts
  console.log(`${name}（${id}）已导入 / imported`)
  console.log(`  道路 ${c.ways} 条 ${c.nodes} 点 / ${c.ways} roads, ${c.nodes} points`)
  console.log(
    `  居民点 ${c.places}，队伍 ${c.teams}，场所 ${c.facilities} / ${c.places} settlements, ${c.teams} teams, ${c.facilities} facilities`,
  )
  if (c.records > 0) console.log(`  台账 ${c.records} 行 / ${c.records} register rows`)
  console.log(`  瓦片 ${c.baseTiles} + ${c.terrainTiles} / tiles, base + terrain`)
  for (const note of notes) console.log(`  注意 / note: ${sayBoth(note)}`)
}

process.exitCode = await main()
