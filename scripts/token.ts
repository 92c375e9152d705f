import { withAccounts } from './account/open.ts'
import { complain } from './complain.ts'
import { runToken } from './token/run.ts'

/** `npm run token -- --role ROLE [--name NAME] [--days N] | --list | --revoke ID`: exit 0 done, 1 refused. */
async function main(): Promise<number> {
  try {
    await withAccounts(accounts => runToken(process.argv.slice(2), accounts, console.log))
    return 0
  } catch (error) {
    complain(error, { zh: '令牌操作失败（程序错误）', en: 'It failed (a fault of the program)' })
    return 1
  }
}

process.exitCode = await main()
