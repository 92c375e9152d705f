import { hash } from '../random.ts'
import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import type { Road } from './draft.ts'
import type { Piece } from './spans.ts'

export type Tags = Record<string, string>

/** Signed speeds, and the share of roads that have a sign: half the county's roads say nothing. */
const SPEEDS: Partial<Record<Rank, { kmh: number[]; share: number }>> = {
  [RANK.motorway]: { kmh: [80], share: 1 },
  [RANK.national]: { kmh: [70, 60], share: 0.9 },
  [RANK.provincial]: { kmh: [60, 60, 70], share: 0.8 },
  [RANK.county]: { kmh: [50, 40], share: 0.6 },
  [RANK.township]: { kmh: [40, 30], share: 0.35 },
  [RANK.village]: { kmh: [20, 30], share: 0.12 },
  [RANK.street]: { kmh: [30], share: 0.15 },
}
const RAMP = { kmh: [40], share: 1 }
const SURFACE: Partial<Record<Rank, string[]>> = {
  [RANK.township]: ['asphalt', 'concrete'],
  [RANK.village]: ['concrete', 'concrete', 'concrete', 'gravel'],
  [RANK.track]: ['gravel', 'dirt', 'dirt'],
}
/** Signed at underpasses, in metres. */
const CLEARANCES = ['4.5', '4.5', '4', '3.5', '3.2', '2.8', '2.5']
const LANES: Partial<Record<Rank, string>> = { [RANK.national]: '2', [RANK.provincial]: '2' }

/** What OpenStreetMap says of a stretch of road. Chance is by road, so that a road has one speed. */
export function tagsOf(seed: number, roads: readonly Road[], piece: Piece): Tags {
  const { rank, road, named, street, span } = piece
  const tags: Tags =
    rank === RANK.railway
      ? { railway: 'rail' }
      : { highway: CLASS_RULES[rank].highway + (piece.ramp ? '_link' : '') }
  if (piece.oneway) tags.oneway = 'yes'
  const own = road >= 0 ? roads[road] : null
  const name = named >= 0 ? roads[named].name : (own?.name ?? null)
  if (own && own.ref !== '') tags.ref = own.ref
  if (name) {
    tags.name = name.zh
    tags['name:en'] = name.en
  }
  const key = road >= 0 ? road : named >= 0 ? named : 1_000_000 + piece.points[0]
  const roll = hash(seed, 31, key, rank)
  const speed = piece.ramp
    ? RAMP
    : street && rank < RANK.street
      ? { kmh: [50, 40], share: 0.8 }
      : SPEEDS[rank]
  if (speed && (roll % 1000) / 1000 < speed.share) {
    const kmh = speed.kmh[(roll >>> 10) % speed.kmh.length]
    tags.maxspeed = String(span?.kind === 'tunnel' ? Math.min(kmh, 60) : kmh)
  }
  const surfaces = SURFACE[rank]
  if (surfaces) tags.surface = surfaces[(roll >>> 14) % surfaces.length]
  if (LANES[rank] && !street) tags.lanes = LANES[rank]
  if (rank === RANK.track) tags.tracktype = `grade${2 + ((roll >>> 18) % 3)}`
  if (span?.kind === 'bridge') Object.assign(tags, { bridge: 'yes', layer: '1' })
  if (span?.kind === 'tunnel') Object.assign(tags, { tunnel: 'yes', layer: '-1' })
  if (span?.kind === 'underpass') tags.maxheight = CLEARANCES[(roll >>> 20) % CLEARANCES.length]
  if (span?.kind === 'ford') tags.ford = 'yes'
  return tags
}
