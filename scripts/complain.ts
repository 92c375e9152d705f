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
  for (const fault of moreFaults(error)) console.error(`  ${fault}`)
}

/** A table is corrected in one go: what else is wrong with it, as many as the refusal names. */
function moreFaults({ details }: Refusal): string[] {
  const faults = (details?.faults ?? []) as { place: Text; text: Text }[]
  return faults.slice(1).map(({ place, text }) => `${place.zh}：${text.zh} / ${place.en}: ${text.en}`)
}
