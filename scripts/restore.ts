import { fileFrom, journalFrom } from './backup/arguments.ts'
import { headLines } from './backup/print.ts'
import { restoreBackup } from './backup/restore.ts'
import { complain } from './complain.ts'

/** `npm run restore -- FILE`, while no server runs: exit 0 done, 1 refused with nothing changed. */
async function main(): Promise<number> {
  try {
    const file = fileFrom(process.argv.slice(2), 'restore')
    const { header, changes, epoch, aside } = await restoreBackup(file, journalFrom(process.env), new Date())
    const { kept } = header
    for (const line of headLines(header.rooms)) console.log(line)
    console.log(
      `已恢复 ${header.madeAt} 的备份，${changes} 条变更 / the backup of ${header.madeAt} is restored, ${changes} changes`,
    )
    console.log(`新纪元 / new epoch: ${epoch}`)
    console.log(
      kept
        ? `账户 ${kept.user} 个、姓名和电话 ${kept.persons} 行一并恢复；人员须重新登录；备份之后撤销的令牌、大屏和队伍链接又有效了，请再撤销一次 / ${kept.user} accounts and ${kept.persons} rows of names and telephones are restored with it; people sign in again; tokens, walls and field links revoked since the backup are good again: revoke them once more`
        : '这份旧备份只含日志：现有的账户、姓名和电话没有改变 / This older backup holds the journal alone: accounts, names and telephones stay as they were',
    )
    for (const one of aside)
      console.log(
        `原来的保留在（不再需要时请删除） / what was there is kept (delete it when no longer needed): ${one}`,
      )
    return 0
  } catch (error) {
    complain(error, { zh: '恢复失败，原有数据未变', en: 'Nothing was restored; what was there is unchanged' })
    return 1
  }
}

process.exitCode = await main()
