import { askPassword } from './account/ask.ts'
import { withAccounts } from './account/open.ts'
import { runAccount } from './account/run.ts'
import { complain } from './complain.ts'

/** `npm run account -- add|list|disable|enable|password`: exit 0 done, 1 refused. */
async function main(): Promise<number> {
  try {
    const terminal = { print: console.log, askPassword }
    await withAccounts(accounts => runAccount(process.argv.slice(2), accounts, terminal))
    return 0
  } catch (error) {
    complain(error, { zh: '账户操作失败（程序错误）', en: 'It failed (a fault of the program)' })
    return 1
  }
}

process.exitCode = await main()
