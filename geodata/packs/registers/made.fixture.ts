import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { finish } from '../../work.ts'
import type { Brief, Land, Network, People } from '../county.ts'
import { makePeople } from '../people/make-people.ts'
import { makeNetwork } from '../roads/make-network.ts'
import { makeLand } from '../terrain/land.ts'
import { makeRegisters } from './make-registers.ts'

export const BRIEF: Brief = { seed: 1, widthKm: 20, heightKm: 20, centre: [82.8, 38.9] }

/** A county of 20 km with all its registers; takes some seconds. */
export function makeCounty(): {
  land: Land
  people: People
  network: Network
  records: Map<string, RegisterRecord[]>
} {
  const land = finish(makeLand(BRIEF))
  const people = makePeople(BRIEF, land)
  const network = finish(makeNetwork(BRIEF, land, people))
  return { land, people, network, records: makeRegisters(BRIEF, land, people, network) }
}
