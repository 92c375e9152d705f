import type { Text } from '../../../server/contract/errors.ts'
import type { Bridge, People } from '../county.ts'
import { hash } from '../random.ts'
import { RANK, type Rank } from './classes.ts'
import type { Ground } from './ground.ts'
import type { Piece } from './spans.ts'

const CLASS_NAME: Partial<Record<Rank, string>> = {
  [RANK.motorway]: 'motorway',
  [RANK.national]: 'national',
  [RANK.provincial]: 'provincial',
  [RANK.county]: 'county',
  [RANK.township]: 'township',
  [RANK.village]: 'village',
  [RANK.street]: 'village',
  [RANK.track]: 'track',
}
/**
 * Signed limits in tonnes; null for none. About one small road's bridge in ten is too weak for a heavy vehicle,
 * so that some villages are out of its reach but not the county.
 */
const OPEN = (count: number): null[] => Array.from({ length: count }, () => null)
const LIMITS: Partial<Record<Rank, (number | null)[]>> = {
  [RANK.county]: [30, 40, ...OPEN(3)],
  [RANK.township]: [13, 20, 20, 30, 30, 30, ...OPEN(10)],
  [RANK.village]: [8, 13, 20, 20, 20, 20, 30, 30, 30, 30, ...OPEN(10)],
  [RANK.street]: [10, 20, 20, 30, ...OPEN(8)],
  [RANK.track]: [3, 5, 8, 10, 20, 20, ...OPEN(2)],
}
const LEAST_M = 12
const GREAT: Text = { zh: '大桥', en: 'Great Bridge' }
const SMALL: Text = { zh: '桥', en: 'Bridge' }

/** Names bridges after the place nearby and says what they bear. */
export class BridgeBook {
  private readonly used = new Map<string, number>()
  private readonly places: { x: number; y: number; name: Text }[]

  constructor(
    private readonly seed: number,
    private readonly ground: Ground,
    { villages, hamlets }: People,
  ) {
    this.places = [...villages, ...hamlets].map(({ name, cell }) => ({
      x: ground.x(cell),
      y: ground.y(cell),
      name: { zh: name.zh.replace(/(村|社区)$/, ''), en: name.en.replace(/ (Village|Community)$/, '') },
    }))
  }

  /** @param no number of the bridge's way */
  enter({ rank, span }: Piece, no: number, x: number, y: number, lengthM: number): Bridge | null {
    const roadClass = CLASS_NAME[rank]
    if (span?.kind !== 'bridge' || !roadClass || lengthM < LEAST_M) return null
    const roll = hash(this.seed, 53, no)
    const limits = LIMITS[rank]
    const carries: Bridge['carries'] = []
    if (rank <= RANK.township && roll % 10 < 6) carries.push('fibre')
    if (rank <= RANK.street && (roll >>> 4) % 10 < 3) carries.push('power')
    if (rank <= RANK.street && (roll >>> 8) % 10 < 2) carries.push('water')
    return {
      name: this.nameOf(x, y, lengthM >= 100 ? GREAT : SMALL),
      at: this.ground.lonLat(x, y),
      way: no,
      roadClass,
      lengthM: Math.round(lengthM),
      maxWeightT: limits ? limits[(roll >>> 12) % limits.length] : null,
      carries,
    }
  }

  /** A name after the nearest place, numbered from the second of a kind on. */
  nameOf(x: number, y: number, kind: Text): Text {
    let [nearest, least] = [this.places[0], Infinity]
    for (const place of this.places) {
      const d = (place.x - x) * (place.x - x) + (place.y - y) * (place.y - y)
      if (d < least) [nearest, least] = [place, d]
    }
    const { zh, en } = nearest.name
    const key = zh + (kind === GREAT ? SMALL : kind).zh
    const no = (this.used.get(key) ?? 0) + 1
    this.used.set(key, no)
    if (no === 1) return { zh: zh + kind.zh, en: `${en} ${kind.en}` }
    return { zh: `${zh}${no}号${kind.zh}`, en: `${en} ${kind.en} No. ${no}` }
  }
}
