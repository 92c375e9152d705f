import { geohazardPoints, refuges, shelters } from './geohazards.ts'
import { bridges, helipads, powerStations } from './lifelines.ts'
import { hazardSources, mines, miningSystems } from './mines.ts'
import { commands, communications, liaisonOfficers } from './organisation.ts'
import { townships, villages } from './places.ts'
import { tailingsPonds } from './ponds.ts'
import type { Register } from './register.ts'
import { instruments, radioStations, seismicStations, weatherStations } from './stations.ts'
import { stock, stores } from './stores.ts'
import { buildingSites, guestHouses, hospitals, nursingHomes, scenicSpots, schools } from './targets.ts'
import { equipment, teams, vehicles } from './teams.ts'
import { flashFloodZones, floodSpots, reservoirs, waterIntakes } from './water.ts'

/** Every register, in the order of the workbooks; a register stands after most of those that it refers to. */
export const REGISTERS: readonly Register[] = [
  townships,
  villages,
  teams,
  vehicles,
  equipment,
  stores,
  stock,
  mines,
  miningSystems,
  tailingsPonds,
  hazardSources,
  geohazardPoints,
  refuges,
  shelters,
  reservoirs,
  flashFloodZones,
  floodSpots,
  waterIntakes,
  weatherStations,
  seismicStations,
  radioStations,
  instruments,
  guestHouses,
  scenicSpots,
  buildingSites,
  nursingHomes,
  schools,
  hospitals,
  helipads,
  bridges,
  powerStations,
  commands,
  liaisonOfficers,
  communications,
]

const byKey = new Map(REGISTERS.map(register => [register.key, register]))

/** The register of that key, or undefined. */
export function registerOf(key: string): Register | undefined {
  return byKey.get(key)
}
