import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { recordOf, type RecordEntity } from '../../server/contract/registers/entity.ts'
import { registerOf } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import type { PastChange } from '../api.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { useWorld } from '../stores/world.ts'
import { troubleOf, type Trouble } from '../trouble.ts'
import { differing, type Part } from './registers/versions.ts'

/** One change of a row: the version it made (null = removed), the one before it, and what differs. */
export interface Step {
  seq: number
  at: string
  actor: string
  note: string | null
  after: RegisterRecord | null
  /** undefined = the change before this one has not been fetched. */
  before: RegisterRecord | null | undefined
  parts: Part[]
}

const versionOf = ({ put }: PastChange): RegisterRecord | null =>
  put[0] ? recordOf(put[0] as RecordEntity) : null

/** @param changes newest first @param more whether there are older ones */
export function stepsOf(changes: readonly PastChange[], more: boolean): Step[] {
  return changes.map((change, i) => {
    const after = versionOf(change)
    const older = changes[i + 1]
    const before = older ? versionOf(older) : more ? undefined : null
    const register = after && registerOf(after.register)
    const parts = register && before ? differing(register, before, after) : []
    return { seq: change.seq, at: change.at, actor: change.actor, note: change.note, after, before, parts }
  })
}

/** Who changed a row and when, newest first; asked again when it changes. */
export function useHistory(key: Ref<string>) {
  const { api } = useDeps()
  const [county, world] = [useCounty(), useWorld()]
  const changes = shallowRef<PastChange[]>([])
  const more = ref(false)
  const loading = ref(false)
  const trouble = shallowRef<Trouble | null>(null)
  let asked = 0

  async function fetchFrom(until?: number): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const answer = await api.history(county.county!.id, key.value, until)
      if (mine !== asked) return
      changes.value = until === undefined ? answer.changes : [...changes.value, ...answer.changes]
      more.value = answer.more
      trouble.value = null
    } catch (error) {
      if (mine === asked) trouble.value = troubleOf(error)
    } finally {
      if (mine === asked) loading.value = false
    }
  }
  const reload = () => fetchFrom()
  const older = () => fetchFrom(changes.value.at(-1)!.seq - 1)

  // Its revision, or that it is gone: either is a new step.
  const rev = computed(() => {
    const slash = key.value.indexOf('/')
    const [register, id] = [key.value.slice(0, slash), key.value.slice(slash + 1)]
    return world.world?.kinds.get(register)?.get(id)?.rev ?? -1
  })
  watch(key, () => (changes.value = []))
  watch([key, rev], () => void reload(), { immediate: true })

  const steps = computed(() => stepsOf(changes.value, more.value))
  return { steps, more, loading, trouble, reload, older }
}
