import type { Entity } from './change.ts'
import { registerOf } from './registers/index.ts'

/** Whose rows a field viewer has: those of its team, those of its township. */
export interface Own {
  team?: string
  township?: string
}
type Row = Pick<Entity, 'id' | 'kind'> & { fields?: Record<string, unknown> }

/** Is a row of a register the team or township itself, or does it name it in any column? */
export function concerns(own: Own, row: Row): boolean {
  if (isItself(own, row)) return true
  return registerOf(row.kind)!.columns.some(({ key, refers }) => {
    const id = refers === 'teams' ? own.team : refers === 'townships' ? own.township : undefined
    const value = row.fields?.[key]
    return id !== undefined && (value === id || (Array.isArray(value) && (value as unknown[]).includes(id)))
  })
}

/**
 * May a field viewer save it? The team or township itself, and what belongs to it. A mine that has signed a contract
 * with a rescue team is seen by the team and stays the mine's.
 */
export function belongsTo(own: Own, row: Row): boolean {
  const holds = (key: string, id: string | undefined): boolean => id !== undefined && row.fields?.[key] === id
  return isItself(own, row) || holds('team', own.team) || holds('township', own.township)
}

const isItself = ({ team, township }: Own, { kind, id }: Row): boolean =>
  (kind === 'teams' && id === team) || (kind === 'townships' && id === township)
