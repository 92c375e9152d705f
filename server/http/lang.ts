import { sayBoth } from '../contract/errors.ts'
import type { Lang, Text } from '../contract/errors.ts'

/** The reader's language by Accept-Language; null when it names neither: both are then said. */
export function readLang(header: string | undefined): Lang | null {
  for (const tag of (header ?? '').split(',')) {
    const lang = tag.trim().slice(0, 2).toLowerCase()
    if (lang === 'zh' || lang === 'en') return lang
  }
  return null
}

export function say(text: Text, lang: Lang | null): string {
  return lang ? text[lang] : sayBoth(text)
}
