import { shallowRef } from 'vue'
import { useDeps } from '../deps.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWords } from './useWords.ts'

/** Asked for once, and again when somebody stands in the journal who was not there then. */
const names = shallowRef<ReadonlyMap<string, string>>(new Map())
const asked = new Set<string>()

/** Whom the journal means by an actor: a name for those who may see names, else what the journal has. */
export function useActors() {
  const viewer = useViewer()
  const deps = useDeps()
  const { t } = useWords()
  const ask = (actor: string): void => {
    if (asked.has(actor) || !viewer.rights.has('readPersons')) return
    asked.add(actor)
    deps.api.actorNames().then(
      answer => (names.value = new Map(answer.names.map(({ id, name }) => [id, name]))),
      // Without them the ids stand: nothing else depends on it.
      () => {},
    )
  }
  const nameOfActor = (actor: string): string => {
    if (actor === 'import') return t('history.importer')
    if (actor === 'guest') return t('history.guest')
    if (actor === viewer.viewer.id) return viewer.viewer.name
    const name = names.value.get(actor)
    if (name === undefined) ask(actor)
    return name ?? actor
  }
  return { nameOfActor }
}
