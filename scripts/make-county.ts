import { resolve } from 'node:path'
import { diskTrouble } from './disk.ts'
import { Refusal } from '../server/contract/errors.ts'
import { complain } from './complain.ts'
import { progressOn } from './import/progress.ts'
import { interruptible } from './interrupt.ts'
import { DEFAULTS, type MakeArguments, readArguments } from './make-county/arguments.ts'
import { type PackPlace, madeBy, takePlace } from './make-county/pack-folder.ts'
import { CENTRE, STEPS, makeCounty, packOf, templateFiles } from './make-county/run.ts'

/** `npm run make-county -- [--seed N] [--size KM] [--out DIR] [--empty]`: exit 0 done, 1 refused, 130/143 interrupted. */
async function main(): Promise<number> {
  const stop = interruptible()
  let place: PackPlace | undefined
  try {
    const asked = readArguments(process.argv.slice(2))
    const out = target(asked)
    place = takePlace(out)
    if (asked.empty) {
      place.put([...(await templateFiles()), madeBy()])
      console.log(`空白登记表 / empty registers: ${out}`)
      return 0
    }
    const { seed, widthKm, heightKm } = asked
    const progress = progressOn(process.stdout, Object.keys(STEPS).length)
    const made = await makeCounty({ seed, widthKm, heightKm, centre: CENTRE }, progress, stop.signal)
    place.put(await packOf(made, idOf(asked), progress, stop.signal))
    console.log(`虚构示范县 / fictional county: ${out}`)
    console.log(`导入 / import: npm run import -- ${out}`)
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('\n已中断，没有写出任何东西 / Interrupted; nothing was written')
      return stop.code()
    }
    complain(unwritable(error), {
      zh: '没有做成（程序错误），没有写出任何东西',
      en: 'Not made (a fault of the program); nothing was written',
    })
    return 1
  } finally {
    place?.end()
  }
}

/** A path is meant from where the command was typed; npm changes into the project's root first. */
function target({ out, empty, ...asked }: MakeArguments): string {
  if (out !== undefined) return resolve(process.env.INIT_CWD ?? '.', out)
  return resolve(process.env.FENGTU_DATA || '.fengtu', 'packs', empty ? 'empty' : idOf(asked))
}

/** The demonstration county is `qingling`; every other says what it was made from. */
function idOf({ seed, widthKm, heightKm }: Pick<MakeArguments, 'seed' | 'widthKm' | 'heightKm'>): string {
  const parts = ['qingling']
  if (seed !== DEFAULTS.seed) parts.push(`s${seed}`)
  if (widthKm !== DEFAULTS.widthKm || heightKm !== DEFAULTS.heightKm) {
    parts.push(`${Math.round(widthKm)}x${Math.round(heightKm)}`)
  }
  return parts.join('-')
}

const GONE = { zh: '没有这个文件夹，也建不了', en: 'there is no such folder and none can be made' }

function unwritable(error: unknown): unknown {
  const what = diskTrouble(error) ?? ((error as { code?: string }).code === 'ENOENT' ? GONE : null)
  const { path } = error as { path?: string }
  if (!what) return error
  return new Refusal(
    'out_unwritable',
    500,
    {
      zh: `写不进${path ? ` ${path}` : '目标文件夹'}：${what.zh}`,
      en: `Nothing can be written to ${path ?? 'the folder'}: ${what.en}`,
    },
    {
      zh: '请腾出空间、改正权限，或用 --out 指定别的文件夹。',
      en: 'Free some space, correct the permissions, or name another folder with --out.',
    },
  )
}

process.exitCode = await main()
