import type { Settlement } from '../../server/contract/entities.ts'
import type { Text } from '../../server/contract/errors.ts'
import { readGeotiff } from '../../geodata/formats/geotiff.ts'
import { named, type SourceFile } from './folder.ts'

/** People of the grid and of the settlements further apart than this are worth a word. */
const APART = 0.25

/**
 * Checks a grid of people per cell: WGS84 or CGCS2000, one band, like terrain.
 * @throws Refusal geotiff_*
 */
export async function checkPopulation(
  { name, bytes }: SourceFile,
  settlements: readonly Settlement[],
): Promise<Text[]> {
  const grid = await readGeotiff(name, bytes).catch((error: unknown) => {
    throw named(name, error)
  })
  let sum = 0
  for (const people of grid.data) if (people > 0) sum += people
  const known = settlements.reduce((all, { people }) => all + (people ?? 0), 0)
  const total = Math.round(sum)
  if (known === 0 || Math.abs(total - known) <= APART * known) return []
  return [
    {
      zh: `${name} 合计 ${total} 人，居民点合计 ${known} 人，相差较大`,
      en: `${name} has ${total} people, the settlements ${known}: far apart`,
    },
  ]
}
