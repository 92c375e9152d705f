import { computed } from 'vue'
import { RIGHT_NAMES } from '../../server/contract/viewer.ts'
import { useConnection } from '../stores/connection.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWords } from './useWords.ts'

/** Why the registers cannot be changed from here now; null when they can. */
export function useMayEdit() {
  const [viewer, connection] = [useViewer(), useConnection()]
  const { t, say } = useWords()
  const why = computed((): string | null => {
    if (!viewer.may('editRecords')) return t('edit.noRight', { right: say(RIGHT_NAMES.editRecords) })
    return connection.away ? t('edit.away') : null
  })
  return { why }
}
