import { computed, watch, type Ref } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { registerOf } from '../../server/contract/registers/index.ts'
import { useCounty } from '../stores/county.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { matches, wordsOf } from './registers/rows.ts'
import { usePinyin } from './usePinyin.ts'
import { useWords } from './useWords.ts'

export interface NamedPlace {
  key: string
  name: string
  /** What it is, in words. */
  kind: string
  at: LonLat
}
const OFFERED = 20

/** Places of the county by name: settlements first, then whatever a register has a position of. */
export function usePlaceNames(asked: Ref<string>) {
  const [county, records] = [useCounty(), useRecords()]
  const { t, say, nameOf } = useWords()
  const pinyin = usePinyin()
  watch(asked, text => /[a-z]/i.test(text) && void pinyin.load())

  return computed((): NamedPlace[] => {
    const words = wordsOf(asked.value)
    if (words.length === 0) return []
    const fits = (thing: { name: string; nameEn?: string }) =>
      matches(words, `${thing.name}\n${thing.nameEn ?? ''}`.toLowerCase(), pinyin.of(thing.name))
    const settlements = county.settlements.filter(fits).map(place => ({
      key: `settlement/${place.id}`,
      name: nameOf.value(place),
      kind: t(`place.${place.kind}`),
      at: place.at,
    }))
    const rows = records.all
      .filter(row => row.at !== null && row.register !== 'villages' && fits(row))
      .map(row => ({
        key: keyOf(row),
        name: nameOf.value(row),
        kind: say(registerOf(row.register)!.sheet),
        at: row.at!,
      }))
    return [...settlements, ...rows].slice(0, OFFERED)
  })
}
