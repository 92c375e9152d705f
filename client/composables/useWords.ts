import { computed } from 'vue'
import { storeToRefs } from 'pinia'
import { useI18n } from 'vue-i18n'
import { useCounty } from '../stores/county.ts'
import { useLanguage } from '../stores/language.ts'
import * as count from '../ui/count.ts'
import * as time from '../ui/time.ts'

/** How this screen writes times, people and names: in its language, in the county's zone. */
export function useWords() {
  const { t } = useI18n()
  const language = useLanguage()
  const { lang, nameOf } = storeToRefs(language)
  const { timeZone } = storeToRefs(useCounty())
  const words = computed(() => ({
    clock: (iso: string | Date) => time.clock(iso, timeZone.value),
    day: (iso: string) => time.day(iso, timeZone.value),
    /** `14:05` of today, `2026-11-21 14:05` of another day. */
    moment: (iso: string) => time.moment(iso, new Date(), timeZone.value),
    age: (iso: string, now: Date) => time.age(iso, now, lang.value),
    duration: (ms: number) => time.duration(ms, lang.value),
    range: (ms: readonly [number, number]) => time.range(ms, lang.value),
    people: (c: { known: number; placesUnknown: number }) => count.people(c, lang.value),
    peopleOf: (n: number | null) => count.peopleOf(n, lang.value),
  }))
  return { t, lang, nameOf, words, say: language.say }
}
