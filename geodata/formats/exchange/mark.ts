import type { Lang } from '../../../server/contract/errors.ts'
import { FICTIONAL } from '../tables/layout.ts'

/** The mark of invented data, the reader's language first. */
export const markOf = (lang: Lang): string[] =>
  lang === 'zh' ? [FICTIONAL.zh, FICTIONAL.en] : [FICTIONAL.en, FICTIONAL.zh]
