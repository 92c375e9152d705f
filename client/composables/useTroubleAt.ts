import { computed, type Ref } from 'vue'
import type { Trouble } from '../trouble.ts'
import { useWords } from './useWords.ts'

/** A refusal beside the field that it names; what names no field of this form is `rest`. */
export function useTroubleAt(trouble: Ref<Trouble | null>, fields: readonly string[]) {
  const { say } = useWords()
  const where = computed(() => {
    const named = trouble.value?.details?.at
    return typeof named === 'string' && fields.includes(named) ? named : null
  })
  const said = computed(() =>
    trouble.value
      ? { text: say(trouble.value.text), remedy: trouble.value.remedy && say(trouble.value.remedy) }
      : null,
  )
  const at = (field: string): { error?: string; remedy?: string } =>
    where.value === field && said.value ? { error: said.value.text, remedy: said.value.remedy } : {}
  const rest = computed(() => (where.value === null ? said.value : null))
  return { at, rest }
}
