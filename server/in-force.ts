import type { ClosureEntity } from './contract/commands.ts'
import type { CountyData } from './contract/county.ts'
import type { Entity } from './contract/change.ts'
import { recordOf } from './contract/registers/entity.ts'
import type { RecordEntity } from './contract/registers/entity.ts'
import { settlementsNow, teamsNow } from './contract/registers/reckoned.ts'
import type { RegisterRecord } from './contract/registers/record.ts'
import { entitiesOf } from './contract/world.ts'
import type { Compute } from './http/compute.ts'
import type { Room } from './journal/room.ts'

type Imported = Pick<CountyData, 'settlements' | 'teams'>
type Held = ReadonlyMap<string, Entity> | undefined

/**
 * Keeps the computing threads at what a room's world says: its closures, its teams and where its people live.
 * Only what is another Map than last time is told again, so a change of anything else costs nothing.
 */
export function keepInForce(
  compute: Pick<Compute, 'setClosures' | 'setReckoned'>,
  importedOf: (county: string) => Imported | undefined,
): (county: string, room: Room) => void {
  const told = new WeakMap<Room, { closures?: Held; reckoned?: [Held, Held, Imported | undefined] }>()
  return (county, room) => {
    const last = told.get(room) ?? {}
    told.set(room, last)
    const { kinds } = room.world()
    const held = kinds.get('closure')
    if (last.closures !== held || !('closures' in last)) {
      last.closures = held
      const closures = entitiesOf<ClosureEntity>(room.world(), 'closure')
      compute.setClosures(
        county,
        room.id,
        closures.map(({ id, feature }) => ({ id, feature })),
      )
    }
    const imported = importedOf(county)
    const now: [Held, Held, Imported | undefined] = [kinds.get('teams'), kinds.get('villages'), imported]
    if (!imported || last.reckoned?.every((part, i) => part === now[i])) return
    last.reckoned = now
    const rows = (entities: Held): RegisterRecord[] =>
      [...(entities?.values() ?? [])].map(entity => recordOf(entity as RecordEntity))
    compute.setReckoned(county, room.id, {
      teams: teamsNow(imported.teams, rows(now[0])),
      settlements: settlementsNow(imported.settlements, rows(now[1])),
    })
  }
}
