import { apartM, cellsAround, type Ground } from './ground.ts'

/** Who lives on a way that water or mud would take. */
export interface Below {
  people: number
  /** Indices of villages, from near to far. */
  villages: number[]
}

/**
 * People within `widthM` of a path of cells and at most `aboveM` above it, and their villages in the order in
 * which the path comes to them.
 */
export function livingAlong(ground: Ground, path: readonly number[], widthM: number, aboveM: number): Below {
  const { land, perCell, village } = ground
  const seen = new Set<number>()
  const villages: number[] = []
  let people = 0
  for (const cell of path) {
    if (ground.houseM[cell] > 1.5 * widthM) continue
    for (const near of cellsAround(ground, cell, widthM)) {
      if (village[near] < 0 || seen.has(near)) continue
      if (land.heightM[near] > land.heightM[cell] + aboveM) continue
      seen.add(near)
      people += perCell[near]
      if (!villages.includes(village[near])) villages.push(village[near])
    }
  }
  return { people: Math.round(people), villages }
}

/** The first part of a path, `lengthM` long. */
export function firstOf(ground: Ground, path: readonly number[], lengthM: number): number[] {
  let metres = 0
  for (let i = 1; i < path.length; i++) {
    metres += apartM(ground, path[i - 1], path[i])
    if (metres > lengthM) return path.slice(0, i)
  }
  return [...path]
}

/**
 * What a dam of `heightM` across the valley at `cell` would hold: cells that drain to it and lie lower than its
 * crest.
 * @returns cubic metres to the crest, the cells under water, and how far the water reaches up the valley
 */
export function heldBy(
  ground: Ground,
  cell: number,
  heightM: number,
): { m3: number; cells: number[]; backM: number } {
  const { land, widthM, heightM: cellHeightM } = ground
  const crest = land.heightM[cell] + heightM
  const cells = [cell]
  let [m3, backM] = [0, 0]
  for (let i = 0; i < cells.length; i++) {
    m3 += (crest - land.heightM[cells[i]]) * widthM * cellHeightM
    backM = Math.max(backM, apartM(ground, cell, cells[i]))
    for (const up of cellsAround(ground, cells[i], 1.1 * Math.max(widthM, cellHeightM))) {
      if (land.receiver[up] === cells[i] && land.heightM[up] < crest) cells.push(up)
    }
  }
  return { m3, cells, backM }
}
