import { distanceM } from '../../contract/geo.ts'
import { ROAD_FLAGS, type RoadNetwork, type RoadWay, type TurnRestriction } from '../../contract/roads.ts'
import { ROAD_CLASSES, type ProfileSettings } from '../../contract/settings.ts'

/** One direction of a stretch of road between two nodes where a driver may choose. */
export interface Leg {
  way: number
  from: number
  to: number
  /** Node ids, in the direction driven. */
  nodes: number[]
  ms: number
  /** The same stretch against this leg; null in a one-way street. */
  against: Leg | null
}

/**
 * A driver who reads the signs: looks at the legs driven so far and asks of every next one whether a sign
 * forbids it. It knows the roads only, nothing of split junctions or of forbidden paths worked out before;
 * barriers must have been made plain.
 */
export class Driver {
  readonly legs: Leg[] = []
  private readonly out = new Map<number, Leg[]>()
  private readonly signs: TurnRestriction[]

  constructor(
    private readonly network: RoadNetwork,
    rules: ProfileSettings,
  ) {
    this.signs = network.restrictions
    const seen = new Map<number, number>()
    for (const { nodes } of driven(network)) {
      nodes.forEach((n, i) => seen.set(n, (seen.get(n) ?? 0) + (i === 0 || i === nodes.length - 1 ? 2 : 1)))
    }
    for (const { way, nodes } of driven(network)) {
      let start = 0
      for (let i = 1; i < nodes.length; i++) {
        if (seen.get(nodes[i])! < 2) continue
        this.addStretch(way, nodes.slice(start, i + 1), rules)
        start = i
      }
    }
  }

  private addStretch(way: RoadWay, nodes: number[], rules: ProfileSettings): void {
    if (way.flags & ROAD_FLAGS.noMotor) return
    const kmh = rules.speedKmh[ROAD_CLASSES[way.cls]]
    const { weightT, heightM, widthM } = rules.vehicle
    const tooBig = (limit: number, own: number): boolean => limit > 0 && own > limit
    // A road this vehicle may not use still stands on the signs for everybody.
    const fits =
      kmh > 0 &&
      !tooBig(way.maxweightT, weightT) &&
      !tooBig(way.maxheightM, heightM) &&
      !tooBig(way.maxwidthM, widthM)
    let metres = 0
    for (let i = 1; i < nodes.length; i++) metres += distanceM(this.at(nodes[i - 1]), this.at(nodes[i]))
    const cm = Math.max(1, Math.round(metres * 100))
    const leg = (path: number[], signed: number): Leg => ({
      way: way.id,
      from: path[0],
      to: path.at(-1)!,
      nodes: path,
      ms: fits ? Math.max(1, Math.round((cm * 36) / (limited(kmh, signed) * rules.factor))) : Infinity,
      against: null,
    })
    const forth = way.flags & ROAD_FLAGS.onewayBack ? null : leg(nodes, way.maxspeedFwd)
    const back = way.flags & ROAD_FLAGS.oneway ? null : leg([...nodes].reverse(), way.maxspeedBack)
    if (forth && back) [forth.against, back.against] = [back, forth]
    for (const one of [forth, back]) {
      if (!one) continue
      this.legs.push(one)
      this.out.set(one.from, [...this.leaving(one.from), one])
    }
  }

  private at(id: number): [number, number] {
    const i = this.network.nodeIds.indexOf(id)
    return [this.network.lonE7[i] / 1e7, this.network.latE7[i] / 1e7]
  }

  private leaving(node: number): Leg[] {
    return this.out.get(node) ?? []
  }

  /** Shortest times to every node, beginning at a node, or with a leg driven in part. */
  times(start: number | { leg: Leg; ms: number }): Map<number, number> {
    const best = new Map<number, number>()
    const ids = new Map(this.legs.map((leg, i) => [leg, i]))
    const done = new Set<string>()
    const waiting: { ms: number; at: number; history: Leg[] }[] = [
      typeof start === 'number'
        ? { ms: 0, at: start, history: [] }
        : { ms: start.ms, at: start.leg.to, history: [start.leg] },
    ]
    while (waiting.length > 0) {
      let next = 0
      waiting.forEach((w, i) => (next = w.ms < waiting[next].ms ? i : next))
      const { ms, at, history } = waiting.splice(next, 1)[0]
      const key = `${at}|${history.map(leg => ids.get(leg)).join()}`
      if (done.has(key)) continue
      done.add(key)
      if (!best.has(at)) best.set(at, ms)
      for (const leg of this.leaving(at)) {
        if (leg.ms === Infinity || !this.mayTake(history, leg)) continue
        waiting.push({ ms: ms + leg.ms, at: leg.to, history: this.remembered([...history, leg]) })
      }
    }
    return best
  }

  /** What of the past may still matter: back to a leg from which on the driver keeps to the vias of a sign. */
  private remembered(history: Leg[]): Leg[] {
    const from = history.findIndex((leg, i) => {
      const later = history.slice(i + 1)
      const astray = later.some(
        (via, k) => history.indexOf(via) < i + 1 + k || via === history[i + k].against,
      )
      return !astray && this.signs.some(r => r.fromWay === leg.way && startsWith(r.viaWays, roadsOf(later)))
    })
    return from < 0 ? history.slice(-1) : history.slice(from)
  }

  private mayTake(history: Leg[], next: Leg): boolean {
    const last = history.at(-1)
    if (!last) return true
    return this.signs.every(sign => {
      const ruled = sign.viaNode === null ? this.cameAlong(sign, history) : this.cameTo(sign, last)
      if (!ruled) return true
      // A sign from a road back into itself at a node is about turning round there.
      const turns = sign.fromWay !== sign.toWay || sign.viaNode === null || next === last.against
      return (next.way === sign.toWay && turns) === (sign.kind === 'only')
    })
  }

  private cameTo(sign: TurnRestriction, last: Leg): boolean {
    const followed = this.leaving(last.to).some(leg => leg.way === sign.toWay)
    return last.way === sign.fromWay && last.to === sign.viaNode && followed
  }

  /** Did the driver come from the sign's road along all its via roads in order, to where its last meets `to`? */
  private cameAlong(sign: TurnRestriction, history: Leg[]): boolean {
    const meets = (leg: Leg): boolean => this.leaving(leg.to).some(out => out.way === sign.toWay)
    return history.some((first, i) => {
      const via = history.slice(i + 1)
      if (first.way !== sign.fromWay || via.length === 0 || new Set(history.slice(i)).size < via.length + 1)
        return false
      if (via.some((leg, k) => leg === (k === 0 ? first : via[k - 1]).against)) return false
      if (roadsOf(via).join() !== sign.viaWays.join()) return false
      const onLast = via.filter(leg => leg.way === sign.viaWays.at(-1))
      return meets(via.at(-1)!) && !onLast.slice(0, -1).some(meets)
    })
  }
}

const limited = (kmh: number, signed: number): number => (signed > 0 ? Math.min(kmh, signed) : kmh)

/** The roads of some legs in order, each once. */
const roadsOf = (legs: Leg[]): number[] =>
  legs.map(leg => leg.way).filter((way, i, all) => way !== all[i - 1])

const startsWith = (all: number[], some: number[]): boolean => some.every((way, i) => way === all[i])

/** Ways with the nodes that are known, repeated neighbours dropped. Paths cut roads as roads do. */
function driven(network: RoadNetwork): { way: RoadWay; nodes: number[] }[] {
  const nobody = ROAD_FLAGS.noMotor | ROAD_FLAGS.noFoot
  return network.ways
    .filter(way => (way.flags & nobody) !== nobody)
    .map(way => ({ way, nodes: Array.from(way.nodes).filter((id, i, all) => id !== all[i - 1]) }))
}
