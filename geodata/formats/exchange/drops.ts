import type { DropOffered, ReadSheet } from '../../../server/contract/registers/exchange.ts'
import type { HeldRegister, Matched } from './match.ts'

/** What the world has in the registers that a file has, and no row of the file is. */
export function offeredDrops(
  sheets: readonly ReadSheet[],
  world: ReadonlyMap<string, HeldRegister>,
  matched: readonly Matched[],
): DropOffered[] {
  // A sheet that could not be read, or has no row at all, says nothing of what is missing.
  const unread = new Set(sheets.filter(({ faults }) => faults.length > 0).map(({ register }) => register))
  const there = new Set(sheets.filter(({ rows }) => rows.length > 0).map(({ register }) => register))
  const found = new Set(matched.map(({ row, id }) => `${row.register} ${id}`))
  return [...there].flatMap(register => {
    if (register === null || unread.has(register)) return []
    const held = [...(world.get(register)?.byId.values() ?? [])]
    return held
      .filter(({ record: { id } }) => !found.has(`${register} ${id}`))
      .map(({ record: { id, name }, rev }) => ({ register, id, name, rev }))
  })
}

/** Drops as asked for; none in a register of which a row is refused: it may be the very one. */
export function dropsOf(
  offered: readonly DropOffered[],
  rows: readonly (Matched & { said: { faults: unknown[] } })[],
  asked: boolean,
): { drops: DropOffered[]; heldBack: string[] } {
  if (!asked) return { drops: [], heldBack: [] }
  const refused = new Set(rows.filter(({ said }) => said.faults.length > 0).map(({ row }) => row.register))
  return {
    drops: offered.filter(({ register }) => !refused.has(register)),
    heldBack: [...new Set(offered.map(({ register }) => register))].filter(one => refused.has(one)),
  }
}
