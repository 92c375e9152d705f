import { computed } from 'vue'
import type { Source } from '../../server/contract/entities.ts'
import { useCounty } from '../stores/county.ts'
import { useWords } from './useWords.ts'

/** Where the county's people and teams are from, and when that was true: one line each. */
export function useSources() {
  const county = useCounty()
  const { words } = useWords()
  const line = (facts: readonly { source: Source }[] | undefined): string => {
    const said = (facts ?? []).map(({ source: s }) => [s.name, s.asOf && words.value.day(s.asOf)])
    return [...new Set(said.map(parts => parts.filter(Boolean).join('　')))].slice(0, 3).join('　')
  }
  return {
    people: computed(() => line(county.data?.settlements)),
    teams: computed(() => line(county.data?.teams)),
  }
}
