import { StrictPbf } from './strict-pbf.ts'
import { damaged, unpackDeltas, unpackUints } from './varint.ts'

export type Tags = Readonly<Record<string, string | undefined>>
export type MemberType = 'node' | 'way' | 'relation'
export interface Member {
  type: MemberType
  ref: number
  role: string
}

/** Called once per element, in file order. A visitor without a method skips that kind unread. */
export interface OsmVisitor {
  /** Coordinates in 1e-7 degrees. `tags` is shared and empty for untagged nodes. */
  node?(id: number, lonE7: number, latE7: number, tags: Tags): void
  /** `refs` is the visitor's to keep. */
  way?(id: number, refs: Float64Array, tags: Tags): void
  relation?(id: number, members: Member[], tags: Tags): void
}

/** Which kinds a block holds, so that later passes skip the others unread. */
export const HOLDS = { nodes: 1, ways: 2, relations: 4 } as const

const NO_TAGS: Tags = Object.freeze(Object.create(null))
const MEMBER_TYPES: MemberType[] = ['node', 'way', 'relation']

interface Block {
  pbf: StrictPbf
  strings: Strings
  granularity: number
  latOffset: number
  lonOffset: number
}

/**
 * Reads one unpacked PrimitiveBlock.
 * @returns the kinds it holds (HOLDS bits)
 * @throws Refusal pbf_damaged
 */
export function readBlock(bytes: Uint8Array, visitor: OsmVisitor): number {
  const pbf = new StrictPbf(bytes)
  const groups: [number, number][] = []
  const block: Block = { pbf, strings: new Strings(bytes), granularity: 100, latOffset: 0, lonOffset: 0 }
  pbf.fields(pbf.length, (no, wire) => {
    if (no === 1) readStrings(pbf, pbf.fieldEnd(wire), block.strings)
    else if (no === 2) {
      const end = pbf.fieldEnd(wire)
      groups.push([pbf.pos, end])
      pbf.pos = end
    } else if (no === 17) block.granularity = pbf.varint()
    else if (no === 19) block.latOffset = pbf.varint(true)
    else if (no === 20) block.lonOffset = pbf.varint(true)
    else return false
  })
  if (!(block.granularity > 0)) throw damaged('坐标精度为 0', 'the granularity is 0')
  let holds = 0
  for (const [start, end] of groups) {
    pbf.pos = start
    holds |= readGroup(block, end, visitor)
  }
  return holds
}

function readGroup(block: Block, end: number, visitor: OsmVisitor): number {
  const { pbf } = block
  let holds = 0
  pbf.fields(end, (no, wire) => {
    if (no === 1 || no === 2) {
      holds |= HOLDS.nodes
      if (!visitor.node) return false
      if (no === 1) readNode(block, pbf.fieldEnd(wire), visitor.node.bind(visitor))
      else readDense(block, pbf.fieldEnd(wire), visitor.node.bind(visitor))
    } else if (no === 3) {
      holds |= HOLDS.ways
      if (!visitor.way) return false
      readWay(block, pbf.fieldEnd(wire), visitor)
    } else if (no === 4) {
      holds |= HOLDS.relations
      if (!visitor.relation) return false
      readRelation(block, pbf.fieldEnd(wire), visitor)
    } else return false
  })
  return holds
}

type NodeCall = NonNullable<OsmVisitor['node']>

function readNode(block: Block, end: number, node: NodeCall): void {
  const { pbf } = block
  let id = NaN
  let lat = NaN
  let lon = NaN
  const keys = new Packed()
  const vals = new Packed()
  pbf.fields(end, (no, wire) => {
    if (no === 1) id = pbf.svarint()
    else if (no === 2) keys.uints(pbf, wire)
    else if (no === 3) vals.uints(pbf, wire)
    else if (no === 8) lat = pbf.svarint()
    else if (no === 9) lon = pbf.svarint()
    else return false
  })
  node(checkedId(id), lonE7(block, lon), latE7(block, lat), tagsOf(block.strings, keys, vals))
}

const dense = { ids: new Float64Array(0), lats: new Float64Array(0), lons: new Float64Array(0) }

function readDense(block: Block, end: number, node: NodeCall): void {
  const { pbf, strings } = block
  let n = 0
  let nLat = 0
  let nLon = 0
  const keysVals = new Packed()
  const unpack = (name: keyof typeof dense, wire: number): number => {
    const stop = pbf.fieldEnd(wire)
    if (dense[name].length < stop - pbf.pos) dense[name] = new Float64Array((stop - pbf.pos) * 2)
    const count = unpackDeltas(pbf.buf, pbf.pos, stop, dense[name])
    pbf.pos = stop
    return count
  }
  pbf.fields(end, (no, wire) => {
    if (no === 1) n = unpack('ids', wire)
    else if (no === 8) nLat = unpack('lats', wire)
    else if (no === 9) nLon = unpack('lons', wire)
    else if (no === 10) keysVals.uints(pbf, wire)
    else return false
  })
  if (n !== nLat || n !== nLon) throw damaged('节点坐标数目不符', 'ids and coordinates differ in number')
  const { ids, lats, lons } = dense
  const kv = keysVals.values
  let k = 0
  for (let i = 0; i < n; i++) {
    let tags = NO_TAGS
    if (k < keysVals.count && kv[k] !== 0) {
      const own: Record<string, string> = Object.create(null)
      while (k < keysVals.count && kv[k] !== 0) {
        if (k + 1 >= keysVals.count) throw damaged('节点标签不完整', 'a node tag has no value')
        own[strings.get(kv[k])] = strings.get(kv[k + 1])
        k += 2
      }
      tags = own
    }
    k++
    node(ids[i], lonE7(block, lons[i]), latE7(block, lats[i]), tags)
  }
}

function readWay(block: Block, end: number, visitor: OsmVisitor): void {
  const { pbf } = block
  let id = NaN
  const keys = new Packed()
  const vals = new Packed()
  const refs = new Packed()
  pbf.fields(end, (no, wire) => {
    if (no === 1) id = pbf.varint(true)
    else if (no === 2) keys.uints(pbf, wire)
    else if (no === 3) vals.uints(pbf, wire)
    else if (no === 8) refs.deltas(pbf, wire)
    else return false
  })
  visitor.way!(checkedId(id), refs.values.slice(0, refs.count), tagsOf(block.strings, keys, vals))
}

function readRelation(block: Block, end: number, visitor: OsmVisitor): void {
  const { pbf, strings } = block
  let id = NaN
  const keys = new Packed()
  const vals = new Packed()
  const roles = new Packed()
  const refs = new Packed()
  const types = new Packed()
  pbf.fields(end, (no, wire) => {
    if (no === 1) id = pbf.varint(true)
    else if (no === 2) keys.uints(pbf, wire)
    else if (no === 3) vals.uints(pbf, wire)
    else if (no === 8) roles.uints(pbf, wire)
    else if (no === 9) refs.deltas(pbf, wire)
    else if (no === 10) types.uints(pbf, wire)
    else return false
  })
  if (roles.count !== refs.count || types.count !== refs.count) {
    throw damaged('关系成员数目不符', 'members and roles of a relation differ in number')
  }
  const members: Member[] = []
  for (let i = 0; i < refs.count; i++) {
    const type = MEMBER_TYPES[types.values[i]]
    if (!type) throw damaged('关系成员类型未知', 'a relation has a member of unknown type')
    members.push({ type, ref: refs.values[i], role: strings.get(roles.values[i]) })
  }
  visitor.relation!(checkedId(id), members, tagsOf(strings, keys, vals))
}

/** A packed field; a writer may split one field into several pieces, which then follow each other. */
class Packed {
  values = new Float64Array(0)
  count = 0

  uints(pbf: StrictPbf, wire: number): void {
    if (wire === 0) return this.single(pbf.varint())
    this.read(pbf, wire, unpackUints)
  }

  deltas(pbf: StrictPbf, wire: number): void {
    if (this.count > 0) throw damaged('差分字段重复', 'a field of differences occurs twice')
    this.read(pbf, wire, unpackDeltas)
  }

  private read(pbf: StrictPbf, wire: number, unpack: typeof unpackUints): void {
    const end = pbf.fieldEnd(wire)
    const room = new Float64Array(this.count + end - pbf.pos)
    room.set(this.values.subarray(0, this.count))
    this.values = room
    this.count += unpack(pbf.buf, pbf.pos, end, room.subarray(this.count))
    pbf.pos = end
  }

  private single(value: number): void {
    const room = new Float64Array(this.count + 1)
    room.set(this.values.subarray(0, this.count))
    room[this.count++] = value
    this.values = room
  }
}

/** The block's string table, decoded only where a tag is read. */
class Strings {
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  private readonly texts: (string | undefined)[] = []
  private readonly decoder = new TextDecoder()

  constructor(private readonly bytes: Uint8Array) {}

  add(start: number, end: number): void {
    this.starts.push(start)
    this.ends.push(end)
  }

  get(index: number): string {
    const known = this.texts[index]
    if (known !== undefined) return known
    if (!(index < this.starts.length)) throw damaged('字符串序号越界', 'a string index is out of range')
    return (this.texts[index] = this.decoder.decode(
      this.bytes.subarray(this.starts[index], this.ends[index]),
    ))
  }
}

function readStrings(pbf: StrictPbf, end: number, strings: Strings): void {
  pbf.fields(end, (no, wire) => {
    if (no !== 1) return false
    const stop = pbf.fieldEnd(wire)
    strings.add(pbf.pos, stop)
    pbf.pos = stop
  })
}

function tagsOf(strings: Strings, keys: Packed, vals: Packed): Tags {
  if (keys.count !== vals.count) throw damaged('标签数目不符', 'keys and values differ in number')
  if (keys.count === 0) return NO_TAGS
  const tags: Record<string, string> = Object.create(null)
  for (let i = 0; i < keys.count; i++) tags[strings.get(keys.values[i])] = strings.get(vals.values[i])
  return tags
}

function checkedId(id: number): number {
  if (!Number.isSafeInteger(id)) throw damaged('要素缺少编号', 'an element has no usable id')
  return id
}

function lonE7(block: Block, value: number): number {
  const e7 = Math.round((block.lonOffset + block.granularity * value) / 100)
  if (!(Math.abs(e7) <= 1_800_000_000)) throw damaged('经度超出范围', 'a longitude is out of range')
  return e7
}

function latE7(block: Block, value: number): number {
  const e7 = Math.round((block.latOffset + block.granularity * value) / 100)
  if (!(Math.abs(e7) <= 900_000_000)) throw damaged('纬度超出范围', 'a latitude is out of range')
  return e7
}
