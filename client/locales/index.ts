import { createI18n } from 'vue-i18n'
import en from './en.ts'
import zh from './zh.ts'

/** Chinese first, English complete. */
export function createWords(lang: 'zh' | 'en') {
  return createI18n({ legacy: false, locale: lang, fallbackLocale: 'zh', messages: { zh, en } })
}
