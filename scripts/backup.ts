import { openReading } from '../server/db/backup.ts'
import { fileFrom, journalFrom } from './backup/arguments.ts'
import { backupLines, headLines, reportLines } from './backup/print.ts'
import { verifyAll } from './backup/verify.ts'
import { writeBackup } from './backup/write.ts'
import { complain } from './complain.ts'

/** `npm run backup -- FILE`, while the server runs or not: exit 0 done, 1 refused or the journal is damaged. */
async function main(): Promise<number> {
  try {
    const file = fileFrom(process.argv.slice(2), 'backup')
    const { dataDir, databaseUrl } = journalFrom(process.env)
    const journal = await openReading(dataDir, databaseUrl)
    try {
      const { heads, ...counts } = await writeBackup(file, journal, new Date())
      for (const line of headLines(heads)) console.log(line)
      for (const line of backupLines(file, counts)) console.log(line)
      console.log(
        '把上面的校验值记在别处；npm run verify-journal -- --head 态势=校验值 可查出日志尾部被截去 / ' +
          'Keep the hashes above elsewhere: npm run verify-journal -- --head ROOM=HASH tells when the tail of the journal was cut off',
      )
      const { rooms } = await verifyAll(journal)
      const { lines, good } = reportLines({ rooms: rooms.filter(({ damage }) => damage), kept: [] })
      for (const line of lines) console.error(line)
      return good ? 0 : 1
    } finally {
      await journal.close()
    }
  } catch (error) {
    complain(error, { zh: '备份失败', en: 'The backup failed' })
    return 1
  }
}

process.exitCode = await main()
