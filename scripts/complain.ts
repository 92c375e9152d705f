import { Refusal, type Text, sayBoth } from '../server/contract/errors.ts'

/** Says on the terminal why a command ended: a refusal with its remedy, anything else as a fault of the program. */
export function complain(error: unknown, failed: Text): void {
  if (!(error instanceof Refusal)) {
    console.error(`\n${sayBoth(failed)}`)
    console.error(error)
    return
  }
  const place = error.at === undefined ? '' : ` [${error.at}]`
  console.error(`\n[${error.code}]${place} ${sayBoth(error.text)}`)
  if (error.remedy) console.error(`→ ${sayBoth(error.remedy)}`)
}
