import { useViewer } from '../stores/viewer.ts'
import { useWords } from './useWords.ts'

/** Whom the journal means by an actor. */
export function useActors() {
  const viewer = useViewer()
  const { t } = useWords()
  const nameOfActor = (actor: string): string => {
    if (actor === 'import') return t('history.importer')
    if (actor === 'guest') return t('history.guest')
    return actor === viewer.viewer.id ? viewer.viewer.name : actor
  }
  return { nameOfActor }
}
