import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Text } from '../../server/contract/errors.ts'
import type { Lang } from '../ui/time.ts'

const KEY = 'fengtu.language'

/** A Chinese font sets the curly apostrophe a full square wide; inside a Latin name it is the straight one. */
const typeset = (name: string): string => name.replace(/(?<=\p{Script=Latin})’(?=\p{Script=Latin})/gu, "'")

export const useLanguage = defineStore('language', () => {
  const kept = globalThis.localStorage?.getItem(KEY)
  const lang = ref<Lang>(kept === 'en' ? 'en' : 'zh')

  function use(next: Lang): void {
    lang.value = next
    globalThis.localStorage?.setItem(KEY, next)
  }
  const say = (text: Text): string => text[lang.value]
  /** A thing's name in the language shown; the local name where there is no English one. */
  const nameOf = computed(
    () => (thing: { name: string; nameEn?: string }) =>
      typeset((lang.value === 'en' && thing.nameEn) || thing.name),
  )
  return { lang, use, say, nameOf }
})
