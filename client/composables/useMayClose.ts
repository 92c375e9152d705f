import { computed } from 'vue'
import { RIGHT_NAMES } from '../../server/contract/viewer.ts'
import { useConnection } from '../stores/connection.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWords } from './useWords.ts'

/** Are roads closed from here as a what-if of this browser alone? */
export function useClosesHere() {
  const [viewer, connection] = [useViewer(), useConnection()]
  return computed(() => connection.away || !viewer.may('closeRoads'))
}

/** Why they are; null when they are closed for everybody. */
export function useMayClose() {
  const [viewer, connection] = [useViewer(), useConnection()]
  const { t, say, words } = useWords()
  const why = computed((): string | null => {
    if (!viewer.may('closeRoads')) return t('closures.noRight', { right: say(RIGHT_NAMES.closeRoads) })
    return connection.away ? t('connection.away', { time: words.value.clock(connection.asOf) }) : null
  })
  return { why }
}
