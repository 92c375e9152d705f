import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal, type Text } from '../server/contract/errors.ts'
import { type FolderSwap, type Repair, openSwap, repairFolder } from './folder-swap.ts'

/** County folders on disk: `counties/ID/` is the county; what stands beside it while an import runs is `folder-swap`'s. */
export const countiesDir = (dataDir: string): string => join(dataDir, 'counties')
export const countyDir = (dataDir: string, id: string): string => join(countiesDir(dataDir), id)

const ASIDE = /^\.([a-z][a-z0-9-]{0,31})\.(?:(?:tmp|old)-\d+|lock(?:\.\d+)?)$/

/**
 * Starts building a county aside; what an earlier, killed import left is put right first.
 * @throws Refusal import_running
 */
export const buildCounty = (dataDir: string, id: string): FolderSwap =>
  openSwap(countyDir(dataDir, id), importRunning)

/**
 * Puts right what killed imports left: a county moved aside comes back, half-built ones go. Those being
 * imported by a living process are left alone. To be called when a server or an import starts.
 * @returns what was done, to be printed
 */
export function repairCounties(dataDir: string): Text[] {
  const root = countiesDir(dataDir)
  if (!existsSync(root)) return []
  const ids = new Set(readdirSync(root).flatMap(name => ASIDE.exec(name)?.[1] ?? []))
  return [...ids].flatMap(id => {
    try {
      return repairFolder(join(root, id), importRunning).map(done => REPAIRED[done](id))
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  })
}

const REPAIRED: Record<Repair, (id: string) => Text> = {
  back: id => ({
    zh: `上次导入 ${id} 在替换时中断，已恢复原来的数据`,
    en: `The last import of ${id} was cut off in the swap; the county that was there is back`,
  }),
  cleared: id => ({
    zh: `已清除上次中断的 ${id} 导入留下的半成品`,
    en: `Removed what an interrupted import of ${id} had left half built`,
  }),
}

const importRunning = (pid: number): Refusal =>
  new Refusal(
    'import_running',
    409,
    {
      zh: `该县正在由另一个进程导入（进程 ${pid || '未知'}）`,
      en: `The county is being imported by another process (${pid || 'unknown'})`,
    },
    { zh: '请等它结束后再试。', en: 'Wait until it ends, then try again.' },
  )
