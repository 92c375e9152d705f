import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { Refusal } from '../../server/contract/errors.ts'
import { KEPT_TABLES, type Kept, type KeptRow, nothingKept } from '../../server/db/kept.ts'
import type { ChangeRow } from '../../server/db/store.ts'
import { verifyJournal } from '../../server/journal/verify.ts'
import { End, FORMAT, Header, KeptLine, Line, VERSION } from './format.ts'
import { linesOf } from './lines.ts'
import * as refuse from './refusals.ts'

/** Rows handed on at a time. */
const PART = 1000

export interface Checked {
  header: Header
  changes: number
}

/**
 * Reads a backup to its end and checks all of it: every line, each room's chain of hashes, that each head is
 * the one of the header, and that the end counts and hashes what stands before it.
 * @throws Refusal backup_*, not_a_backup · Error of the disk
 */
export async function checkBackup(path: string): Promise<Checked> {
  const name = basename(path)
  const heads = new Map<string, { seq: number; hash: string }>()
  let room: ChangeRow[] = []
  let changes = 0
  const finish = () => {
    const last = room.at(-1)
    if (!last) return
    const damage = heads.has(last.room)
      ? { room: last.room, seq: room[0]!.seq, reason: 'gap' as const }
      : verifyJournal(last.room, room)
    if (damage) throw refuse.backupDamaged(name, damage)
    heads.set(last.room, last)
    changes += room.length
    room = []
  }
  const { header, rows } = await openBackup(path)
  for await (const part of rows) {
    for (const row of part) {
      if (room.length > 0 && room[0]!.room !== row.room) finish()
      room.push(row)
    }
  }
  finish()
  const said = header.rooms.every(head => heads.get(head.room)?.hash === head.hash)
  if (!said || header.rooms.length !== heads.size) {
    throw refuse.backupAltered(name, {
      zh: '缺少开头所列的变更',
      en: 'changes that its header names are missing',
    })
  }
  return { header, changes }
}

export interface Opened {
  header: Header
  /** Must be read to the end: it throws there when the file is not what was written. */
  rows: AsyncGenerator<ChangeRow[]>
  /** Accounts and persons, when the rows have been read; null of a backup that never held them. */
  kept: () => Kept | null
}

export async function openBackup(path: string): Promise<Opened> {
  const name = basename(path)
  const lines = plainly(name, linesOf(path))
  const first = (await lines.next()).value ?? ''
  const header = headerOf(name, first)
  const kept = nothingKept()
  return {
    header,
    rows: rowsOf(name, first, lines, header, kept),
    kept: () => (header.kept ? kept : null),
  }
}

async function* rowsOf(
  name: string,
  first: string,
  lines: AsyncGenerator<string>,
  header: Header,
  kept: Kept,
): AsyncGenerator<ChangeRow[]> {
  const hash = createHash('sha256').update(first)
  let n = 1
  let changes = 0
  let part: ChangeRow[] = []
  let end: End | null = null
  for await (const line of lines) {
    n++
    if (end) throw refuse.backupAltered(name, { zh: '结尾之后还有内容', en: 'something follows its end' })
    if (line.startsWith('{"end":')) {
      end = parsed(name, n, line, text => End.parse(JSON.parse(text)))
      continue
    }
    hash.update(line)
    if (header.kept && line.startsWith('{"table":')) {
      const { table, row } = parsed(name, n, line, text => KeptLine.parse(JSON.parse(text)))
      kept[table].push(row as KeptRow)
      continue
    }
    part.push(parsed(name, n, line, text => Line.parse(JSON.parse(text))))
    changes++
    if (part.length >= PART) yield part.splice(0)
  }
  if (part.length > 0) yield part
  if (!end) throw refuse.backupCut(name)
  if (end.end.changes !== changes) {
    throw refuse.backupAltered(name, { zh: '变更的条数不对', en: 'the number of its changes' })
  }
  const counted = KEPT_TABLES.every(table => kept[table].length === (header.kept?.[table] ?? 0))
  const rows = KEPT_TABLES.reduce((sum, table) => sum + kept[table].length, 0)
  if (!counted || rows !== end.end.rows) {
    throw refuse.backupAltered(name, {
      zh: '账户或人员的行数不对',
      en: 'the number of its rows of accounts and persons',
    })
  }
  if (end.end.sha256 !== hash.digest('hex')) {
    throw refuse.backupAltered(name, { zh: 'SHA-256 不对', en: 'its SHA-256' })
  }
}

function headerOf(name: string, line: string): Header {
  let header: { format?: unknown; version?: unknown } | null
  try {
    header = JSON.parse(line) as typeof header
  } catch {
    throw refuse.notABackup(name)
  }
  if (header?.format !== FORMAT) throw refuse.notABackup(name)
  if (header.version !== VERSION && header.version !== 1) throw refuse.backupTooNew(name, header.version)
  return parsed(name, 1, line, text => Header.parse(JSON.parse(text)))
}

function parsed<T>(name: string, n: number, line: string, read: (text: string) => T): T {
  try {
    return read(line)
  } catch {
    // A file that was cut ends in the middle of a line.
    if (!line.endsWith('\n')) throw refuse.backupCut(name)
    throw refuse.backupUnreadable(name, n, 'JSON')
  }
}

/** What zlib says, in words. */
async function* plainly(name: string, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  let n = 1
  try {
    for await (const line of lines) {
      yield line
      n++
    }
  } catch (e) {
    const { code = '' } = e as { code?: string }
    if (e instanceof Refusal) throw e
    if (code === 'Z_BUF_ERROR') throw refuse.backupCut(name)
    if (n === 1 && code.startsWith('Z_')) throw refuse.notABackup(name)
    if (code.startsWith('Z_') || e instanceof RangeError)
      throw refuse.backupUnreadable(name, n, code || 'length')
    throw e
  }
}
