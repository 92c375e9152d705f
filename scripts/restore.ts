import { fileFrom, journalFrom } from './backup/arguments.ts'
import { headLines } from './backup/print.ts'
import { restoreBackup } from './backup/restore.ts'
import { complain } from './complain.ts'

/** `npm run restore -- FILE`, while no server runs: exit 0 done, 1 refused with nothing changed. */
async function main(): Promise<number> {
  try {
    const file = fileFrom(process.argv.slice(2), 'restore')
    const { header, changes, epoch, aside } = await restoreBackup(file, journalFrom(process.env), new Date())
    for (const line of headLines(header.rooms)) console.log(line)
    console.log(
      `已恢复 ${header.madeAt} 的备份，${changes} 条变更 / the backup of ${header.madeAt} is restored, ${changes} changes`,
    )
    console.log(`新纪元 / new epoch: ${epoch}`)
    if (aside) console.log(`原来的日志保留在 / the journal of before is kept in: ${aside}`)
    return 0
  } catch (error) {
    complain(error, { zh: '恢复失败，原有日志未变', en: 'Nothing was restored; the journal is unchanged' })
    return 1
  }
}

process.exitCode = await main()
