/** Node coordinates in three flat arrays, sorted by id: 16 bytes a node, where a Map costs about 100. */
export interface NodeTable {
  ids: Float64Array
  lonE7: Int32Array
  latE7: Int32Array
  /** 0 where the file refers to a node that it does not hold. */
  known: Uint8Array
}

/** A table with room for these ids, in any order, repeated or not. */
export function nodeTable(ids: Float64Array): NodeTable {
  const sorted = ids.toSorted()
  let n = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[n++] = sorted[i]
  return {
    ids: sorted.slice(0, n),
    lonE7: new Int32Array(n),
    latE7: new Int32Array(n),
    known: new Uint8Array(n),
  }
}

/** Where a sorted array has the first value not below `id`. */
function lowerBound(ids: Float64Array, id: number): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if (ids[mid] < id) low = mid + 1
    else high = mid
  }
  return low
}

/** Index of an id in a sorted array, or −1. */
export function indexOfId(ids: Float64Array, id: number): number {
  const at = lowerBound(ids, id)
  return ids[at] === id ? at : -1
}

/** Index of an id, or −1. */
export const nodeIndex = (table: NodeTable, id: number): number => indexOfId(table.ids, id)

/** `[lon, lat]` of a node, or null where the file does not hold it. */
export function nodeAt(table: NodeTable, id: number): [number, number] | null {
  const i = nodeIndex(table, id)
  return i < 0 || !table.known[i] ? null : [table.lonE7[i] / 1e7, table.latE7[i] / 1e7]
}

/** Puts coordinates in. Files come sorted by id, so the next one is nearly always where the last one ended. */
export function nodeFiller(table: NodeTable): (id: number, lonE7: number, latE7: number) => void {
  const { ids } = table
  let next = 0
  let last = -Infinity
  return (id, lonE7, latE7) => {
    if (id < last) next = lowerBound(ids, id)
    last = id
    while (next < ids.length && ids[next] < id) next++
    if (next >= ids.length || ids[next] !== id) return
    table.lonE7[next] = lonE7
    table.latE7[next] = latE7
    table.known[next] = 1
  }
}
