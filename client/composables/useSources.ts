import { computed } from 'vue'
import type { Source } from '../../server/contract/entities.ts'
import { GAP } from '../ui/count.ts'
import { useCounty } from '../stores/county.ts'
import { useWords } from './useWords.ts'

/** Where the county's people and teams are from, and when that was true: one line each. */
export function useSources() {
  const county = useCounty()
  const { words } = useWords()
  /** Each source once, from its oldest row to its newest. */
  const line = (facts: readonly { source: Source }[] | undefined): string => {
    const days = new Map<string, string[]>()
    for (const { source } of facts ?? []) {
      const known = days.get(source.name) ?? []
      if (source.asOf !== null) known.push(words.value.day(source.asOf))
      days.set(source.name, known)
    }
    const said = [...days].map(([name, known]) => {
      const sorted = known.sort()
      const [first, last] = [sorted[0], sorted.at(-1)]
      return [name, first === last ? first : `${first} – ${last}`].filter(Boolean).join(GAP)
    })
    return said.slice(0, 3).join(GAP)
  }
  return {
    people: computed(() => line(county.settlements)),
    teams: computed(() => line(county.teams)),
  }
}
