import { SILENT } from '../import/progress.ts'
import { groundFaults } from '../make-county/checks/ground.ts'
import { readPackFiles } from '../make-county/checks/pack.ts'
import { registerFaults } from '../make-county/checks/registers.ts'
import { roadFigures } from '../make-county/checks/roads.ts'
import { CENTRE, makeCounty, packOf } from '../make-county/run.ts'

const SIDE_KM = 20

export interface MadeCounty {
  seed: number
  /** Of making it, before the checks. */
  seconds: number
  faults: string[]
}

/** Makes counties of 20 km from the seeds 1 … `seeds` and checks their files. */
export async function madeCounties(seeds: number, tell: (line: string) => void): Promise<MadeCounty[]> {
  const never = new AbortController().signal
  const made: MadeCounty[] = []
  for (let seed = 1; seed <= seeds; seed++) {
    const started = performance.now()
    const faults: string[] = []
    try {
      const county = await makeCounty(
        { seed, widthKm: SIDE_KM, heightKm: SIDE_KM, centre: CENTRE },
        SILENT,
        never,
      )
      const files = await packOf(county, 'made', SILENT, never)
      made.push({ seed, seconds: (performance.now() - started) / 1000, faults })
      const pack = await readPackFiles(files)
      faults.push(...groundFaults(pack), ...roadFigures(pack, SIDE_KM ** 2).faults, ...registerFaults(pack))
    } catch (error) {
      faults.push(String(error))
      if (made.at(-1)?.seed !== seed)
        made.push({ seed, seconds: (performance.now() - started) / 1000, faults })
    }
    tell(`seed ${seed}: ${faults.length === 0 ? 'good' : faults.join('; ')}`)
  }
  return made
}
