import { Refusal } from '../contract/errors.ts'
import type { Store } from '../db/store.ts'
import { verifyJournal } from './verify.ts'
import type { Damage } from './verify.ts'

/**
 * Verifies every room of the store and tells of each that does not. Work goes on: an emergency desk is not
 * locked out by an old line, but everyone is told.
 */
export async function checkJournal(store: Store, tell: (damage: Refusal) => void): Promise<void> {
  try {
    for (const room of await store.rooms()) {
      const damage = verifyJournal(room, await store.read(room, 0))
      if (damage) tell(damaged(damage))
    }
  } catch (e) {
    console.error(e)
  }
}

function damaged({ room, seq, reason }: Damage): Refusal {
  return new Refusal(
    'journal_damaged',
    500,
    {
      zh: `“${room}”的日志从第 ${seq} 条起与其校验值不符（${reason}）`,
      en: `The journal of "${room}" does not verify from change ${seq} on (${reason})`,
    },
    {
      zh: '停机，再从备份恢复：npm run restore -- 文件（原来的日志会另存）',
      en: 'Stop the server and restore a backup: npm run restore -- FILE (the old journal is kept aside)',
    },
  )
}
