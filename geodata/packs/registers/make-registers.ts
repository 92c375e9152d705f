import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Brief, Land, Network, People } from '../county.ts'
import { Random } from '../random.ts'
import { age } from './age.ts'
import { commandsOf, liaisonOfficersOf } from './commands.ts'
import { equipmentOf, vehiclesOf } from './fleet.ts'
import { flashFloodZonesOf, floodZones } from './flash-floods.ts'
import { geohazardPointsOf } from './geohazards.ts'
import { groundOf } from './ground.ts'
import { hazardAreas } from './hazard-areas.ts'
import { hazardSourcesOf, parkSite } from './hazard-sources.ts'
import { instrumentsOf } from './instruments.ts'
import { Ledger } from './ledger.ts'
import { bridgesOf, helipadsOf, powerStationsOf } from './lifelines.ts'
import type { Make } from './make.ts'
import { minesOf } from './mines.ts'
import { communicationsOf, placesOf } from './organisation.ts'
import { pondSites } from './pond-sites.ts'
import { tailingsPondsOf } from './ponds.ts'
import { Posts } from './posts.ts'
import { radioStationsOf } from './radio.ts'
import { Refuges } from './refuges.ts'
import { reservoirsOf } from './reservoirs.ts'
import { sheltersOf } from './shelters.ts'
import { nearestOf, seismicStationsOf, weatherStationsOf } from './stations.ts'
import { storesOf } from './stores.ts'
import { hospitalsOf, nursingHomesOf, schoolsOf } from './targets.ts'
import { teamsOf } from './teams.ts'
import { buildingSitesOf, guestHousesOf, scenicSpotsOf } from './visitors.ts'
import { floodSpotsOf, waterIntakesOf } from './waterside.ts'
import { Walks } from './walks.ts'

/** Three ponds above heads, seven without anybody below. */
const PONDS = { heads: 3, others: 7 }
/** More than the 164 that are wanted: some have no road that leads away. */
const HAZARD_AREAS = 250

/**
 * Fills every register of a made county, each row placed by rule from the land, the people and the roads; the
 * rules are told in `sources.ts`, the totals are those of real counties' plans. Numbers and positions of the
 * teams, mines, points and so on do not depend on the county's size; villages, bridges and guests do.
 * @returns rows by the register's key, in the order of the workbooks
 * @throws Refusal no_room when the land cannot hold what is asked
 */
export function makeRegisters(
  brief: Brief,
  land: Land,
  people: People,
  network: Network,
): Map<string, RegisterRecord[]> {
  const ground = groundOf(brief, land, people, network)
  const ledger = new Ledger(brief.seed)
  const posts = new Posts()
  const make = (stage: string): Make => ({
    ground,
    ledger,
    posts,
    random: new Random(brief.seed, `registers ${stage}`),
  })

  placesOf(make('places'))
  const sites = pondSites(make('pond sites'), PONDS.heads, PONDS.others)
  const park = parkSite(ground)
  const mines = minesOf(make('mines'), sites)
  const teams = teamsOf(
    make('teams'),
    mines.map(m => m.cell),
    park,
  )
  const rescue = teams.find(t => t.kind === 'mine')!
  for (const row of ledger.of('mines')) row.fields.rescueTeam = rescue.id
  vehiclesOf(make('vehicles'), teams)
  equipmentOf(make('equipment'), teams)
  storesOf(make('stores'), rescue.cell)
  const ponds = tailingsPondsOf(make('ponds'), sites, mines).map((id, i) => ({ id, site: sites[i] }))
  hazardSourcesOf(make('hazard sources'), park)

  const areas = hazardAreas(
    make('hazard areas'),
    HAZARD_AREAS,
    mines.filter(m => m.underground).map(m => m.cell),
  )
  const zones = floodZones(make('flood zones'))
  const dangers = [...areas, ...zones].map(({ ring }) => ring)
  const shelters = sheltersOf(make('shelters'), dangers)
  const refuges = new Refuges(make('refuges'), new Walks(ground), shelters, dangers)
  const points = geohazardPointsOf(make('geohazards'), areas, refuges, shelters)
  const weather = weatherStationsOf(make('weather'))
  flashFloodZonesOf(make('flash floods'), zones, refuges, at => nearestOf(weather, at).id)

  const reservoirs = reservoirsOf(make('reservoirs'))
  floodSpotsOf(make('flood spots'))
  waterIntakesOf(make('water intakes'), ponds)
  seismicStationsOf(make('seismic'))
  radioStationsOf(make('radio'))
  instrumentsOf(make('instruments'), ponds, points, reservoirs)

  guestHousesOf(make('guest houses'), scenicSpotsOf(make('scenic spots')))
  buildingSitesOf(make('building sites'))
  nursingHomesOf(make('nursing homes'))
  schoolsOf(make('schools'))
  hospitalsOf(make('hospitals'))
  helipadsOf(make('helipads'))
  bridgesOf(make('bridges'))
  powerStationsOf(make('power stations'))
  commandsOf(make('commands'))
  liaisonOfficersOf(make('liaison officers'))
  communicationsOf(make('communications'))
  age(ledger.all, brief.seed)
  return ledger.all
}
