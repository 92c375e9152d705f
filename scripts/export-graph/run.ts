import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countiesDir, countyDir } from '../../geodata/counties.ts'
import { openGraph, type Graph } from '../../server/algo/roads/graph.ts'
import { openTimes } from '../../server/algo/search/weights.ts'
import { FICTIONAL_MARK } from '../../server/contract/county.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { DEFAULT_SETTINGS } from '../../server/contract/settings.ts'
import { readCounty } from '../../server/db/county.ts'
import { type Progress, SILENT, drive } from '../import/progress.ts'
import { diskTrouble } from '../disk.ts'
import type { ExportArguments } from './arguments.ts'
import { arcLines, nodeLines } from './tables.ts'
import { type Table, writeTables } from './write.ts'

export interface ExportOptions extends ExportArguments {
  /** `.fengtu` or FENGTU_DATA. */
  dataDir: string
  progress?: Progress
  /** Aborting leaves the files that were there. */
  signal?: AbortSignal
}

export const STEPS: Record<'read' | 'write', Text> = {
  read: { zh: '读取路网', en: 'read the roads' },
  write: { zh: '写出节点和路段', en: 'write nodes and arcs' },
}

/** Lies beside the tables of an invented county; they are handed on without the program. */
const NOTICE = 'FICTIONAL.txt'

/**
 * The arrays that one profile's searches run over, every road open, as `nodes.csv` and `arcs.csv`.
 * @throws Refusal county_unknown, county_broken, county_version, out_unwritable; the abort reason of `signal`
 */
export async function exportGraph(options: ExportOptions): Promise<{ nodes: number; arcs: number }> {
  const { dataDir, id, profile, out } = options
  const { progress = SILENT, signal = new AbortController().signal } = options
  progress.step(STEPS.read)
  if (!existsSync(countyDir(dataDir, id))) throw unknown(dataDir, id)
  const { data, graph: bytes } = await readCounty(countyDir(dataDir, id))
  const graph: Graph = openGraph(bytes)
  const open = openTimes(graph, profile, DEFAULT_SETTINGS)

  progress.step(STEPS.write)
  const tables: Table[] = [
    { name: 'nodes.csv', lines: nodeLines(graph, open), expected: graph.nodes },
    { name: 'arcs.csv', lines: arcLines(graph, open), expected: graph.arcs },
  ]
  const { fictional, name } = data.county
  if (fictional) tables.push({ name: NOTICE, lines: noticeLines(name), expected: 1 })
  const work = writeTables(out, tables)
  try {
    const [nodes, arcs] = await drive(work, progress, signal)
    // Of an earlier export into the same folder.
    if (!fictional) rmSync(join(out, NOTICE), { force: true })
    progress.end()
    return { nodes, arcs }
  } catch (error) {
    throw signal.aborted ? error : unwritable(error, out)
  } finally {
    // Stopped half way, the generator has not run its own clearing up yet.
    work.return([])
  }
}

function* noticeLines(county: string): Table['lines'] {
  yield `${county}: ${FICTIONAL_MARK}`
}

function unknown(dataDir: string, id: string): Refusal {
  const dir = countiesDir(dataDir)
  const known = existsSync(dir) ? readdirSync(dir).filter(name => !name.startsWith('.')) : []
  const list = known.slice(0, 20).join(', ')
  return new Refusal(
    'county_unknown',
    404,
    { zh: `没有“${id}”这个县`, en: `There is no county "${id}"` },
    known.length > 0
      ? { zh: `已导入的有：${list}`, en: `Imported are: ${list}` }
      : {
          zh: '请先导入：npm run import -- 文件夹',
          en: 'Import one first: npm run import -- FOLDER',
        },
  )
}

function unwritable(error: unknown, out: string): unknown {
  const what = diskTrouble(error)
  if (!what) return error
  return new Refusal(
    'out_unwritable',
    500,
    { zh: `写不进 ${out}：${what.zh}`, en: `Nothing can be written to ${out}: ${what.en}` },
    {
      zh: '请腾出空间、改正权限，或用 --out 换一个文件夹',
      en: 'Free space, correct it, or name another folder with --out',
    },
  )
}
