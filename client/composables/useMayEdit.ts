import { computed } from 'vue'
import { belongsTo } from '../../server/contract/own.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { RIGHT_NAMES } from '../../server/contract/viewer.ts'
import { useConnection } from '../stores/connection.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWords } from './useWords.ts'

/**
 * Why the registers cannot be changed from here now; null when they can. Of one row, where that is said: a team's or
 * township's own account may save what belongs to it.
 */
export function useMayEdit(row?: () => RegisterRecord | null | undefined) {
  const [viewer, connection] = [useViewer(), useConnection()]
  const { t, say } = useWords()
  const isOwn = (): boolean => {
    const { role, team, township } = viewer.viewer
    const one = row?.()
    return role === 'field' && !!one && belongsTo({ team, township }, { ...one, kind: one.register })
  }
  const why = computed((): string | null => {
    if (!viewer.may('editRecords') && !(viewer.may('report') && isOwn()))
      return t('edit.noRight', { right: say(RIGHT_NAMES.editRecords) })
    if (connection.away) return t('edit.away')
    return connection.refusing ? t('connection.refusing', { reason: say(connection.refusing.reason) }) : null
  })
  return { why }
}
