import type { ChangeRow } from '../../server/db/store.ts'
import { GENESIS, sealChange } from '../../server/journal/hash.ts'

/** Changes of a room that chain as a room's do, `count` of them after `after`. */
export function chained(room: string, count: number, after?: ChangeRow): ChangeRow[] {
  const rows: ChangeRow[] = []
  for (let i = 0; i < count; i++) {
    const last = rows.at(-1) ?? after
    const seq = (last?.seq ?? 0) + 1
    const at = new Date(Date.UTC(2026, 6, 1) + seq * 1000).toISOString()
    rows.push(
      sealChange({
        v: 1,
        room,
        seq,
        at,
        clock: at,
        actor: '值班员 "1"',
        verb: 'open',
        key: `键 ${seq}`,
        note: '烽火 🔥 \\ \u0000 \u2028',
        put: [],
        drop: [{ kind: 'closure', id: `c${seq}` }],
        prev: last?.hash ?? GENESIS,
      }),
    )
  }
  return rows
}
