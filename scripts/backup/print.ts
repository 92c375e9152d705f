import type { Head } from '../../server/db/backup.ts'
import type { JournalReport } from './verify.ts'
import type { Written } from './write.ts'

/** A line for each room: its name, its newest change and that one's hash. */
export function headLines(heads: readonly Head[]): string[] {
  const width = Math.max(0, ...heads.map(({ room }) => room.length))
  return heads.map(({ room, seq, hash }) => `${room.padEnd(width)}  ${seq}  ${hash}`)
}

/** What a backup holds, and what it does not. */
export function backupLines(file: string, { changes, accounts, persons }: Omit<Written, 'heads'>): string[] {
  return [
    `已备份 ${changes} 条变更、${accounts} 个账户、${persons} 行姓名和电话 / ${changes} changes, ${accounts} accounts and ${persons} rows of names and telephones backed up: ${file}`,
    '文件里有姓名、电话和密码的哈希值，只有本人可读（权限 0600）：复制到别处也要这样保管 / It holds names, telephones and hashes of passwords and is readable by its owner only (mode 0600): keep copies of it likewise',
    '不含各县的导入文件夹（counties/）：恢复后重新导入即可 / It does not hold the imported county folders (counties/): import them again after a restore',
  ]
}

/** What a journal's report says, and whether all is well. */
export function reportLines({ rooms, kept }: JournalReport): { lines: string[]; good: boolean } {
  const lines = headLines(rooms.map(({ head }) => head)).map((line, i) => {
    const { damage } = rooms[i]!
    if (!damage) return `${line}  完好 / verifies`
    const { seq, reason } = damage
    return `${line}  从第 ${seq} 条起与其校验值不符（${reason}） / does not verify from change ${seq} on (${reason})`
  })
  for (const { room, hash, seq } of kept) {
    lines.push(
      seq === null
        ? `${room}=${hash}  日志里没有这一条：尾部被截去，或换成了别的日志 / not in the journal: its tail was cut off, or it is another journal`
        : `${room}=${hash}  仍在日志中，第 ${seq} 条 / still in the journal, change ${seq}`,
    )
  }
  const good = rooms.every(({ damage }) => !damage) && kept.every(({ seq }) => seq !== null)
  return { lines, good }
}
