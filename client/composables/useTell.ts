import { useI18n } from 'vue-i18n'
import { useNotice } from '../stores/notice.ts'

/** Good news in the notice line, in whichever language it is read. */
export function useTell() {
  const { t } = useI18n()
  const notice = useNotice()
  return (key: string, named: Record<string, unknown> = {}): void =>
    notice.tell({ zh: t(key, named, { locale: 'zh' }), en: t(key, named, { locale: 'en' }) })
}
