import { Refusal } from '../contract/errors.ts'
import type { Store } from '../db/store.ts'
import { createVerifier } from './verify.ts'
import type { Damage } from './verify.ts'

/** Rows verified before others get their turn. */
const ROWS_AT_ONCE = 500

/**
 * Verifies every room of the store and tells of each that does not. Work goes on: an emergency desk is not
 * locked out by an old line, but everyone is told.
 */
export async function checkJournal(store: Store, tell: (damage: Refusal) => void): Promise<void> {
  try {
    for (const room of await store.rooms()) {
      const damage = await damageOf(store, room)
      if (damage) tell(damaged(damage))
    }
  } catch (e) {
    console.error(e)
  }
}

async function damageOf(store: Store, room: string): Promise<Damage | null> {
  const verify = createVerifier(room)
  for (let since = 0; ;) {
    const rows = await store.read(room, since, ROWS_AT_ONCE)
    const damage = verify(rows)
    if (damage || rows.length < ROWS_AT_ONCE) return damage
    since = rows.at(-1)!.seq
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
