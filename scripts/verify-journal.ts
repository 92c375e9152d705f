import { openReading } from '../server/db/backup.ts'
import { headsFrom, journalFrom } from './backup/arguments.ts'
import { reportLines } from './backup/print.ts'
import { verifyAll } from './backup/verify.ts'
import { complain } from './complain.ts'

/** `npm run verify-journal [-- --head ROOM=HASH …]`, while the server runs or not: exit 0 all is well, else 1. */
async function main(): Promise<number> {
  try {
    const asked = headsFrom(process.argv.slice(2))
    const { dataDir, databaseUrl } = journalFrom(process.env)
    const journal = await openReading(dataDir, databaseUrl)
    try {
      const { lines, good } = reportLines(await verifyAll(journal, asked))
      for (const line of lines) console.log(line)
      if (lines.length === 0) console.log('日志是空的 / The journal is empty')
      return good ? 0 : 1
    } finally {
      await journal.close()
    }
  } catch (error) {
    complain(error, { zh: '无法核对日志', en: 'The journal could not be verified' })
    return 1
  }
}

process.exitCode = await main()
