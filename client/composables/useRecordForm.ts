import { computed, ref, shallowRef, watch } from 'vue'
import type { RecordFault } from '../../server/contract/registers/check.ts'
import { recordOf, type RecordEntity } from '../../server/contract/registers/entity.ts'
import { registerOf } from '../../server/contract/registers/index.ts'
import { useDraft } from '../stores/draft.ts'
import { useNotice } from '../stores/notice.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { useWorld } from '../stores/world.ts'
import type { Trouble } from '../trouble.ts'
import { readTexts, textsOf } from './registers/draftTexts.ts'
import { clashOf, withTheirs, type Side } from './registers/versions.ts'
import { useMayEdit } from './useMayEdit.ts'
import { useRecordEdits } from './useRecordEdits.ts'
import { useWords } from './useWords.ts'

/** The form over the draft: what it says, what is wrong with it, who else changed the row, and saving it. */
export function useRecordForm() {
  const [draft, records, notice, world] = [useDraft(), useRecords(), useNotice(), useWorld()]
  const { t } = useWords()
  const { why: mayNot } = useMayEdit(() => draft.open?.before)
  const { pending, save: send } = useRecordEdits()

  const register = computed(() => registerOf(draft.open!.register)!)
  const read = computed(() => readTexts(register.value, draft.open!.before, draft.texts))
  /** What the server said of columns; each is forgotten as its text changes. */
  const said = shallowRef<(RecordFault & { of: string })[]>([])
  const textOf = (column: string) =>
    column === 'at' ? `${draft.texts.lon} ${draft.texts.lat}` : draft.texts[column]
  const faults = computed(() => {
    const still = said.value.filter(fault => fault.of === (textOf(fault.column) ?? ''))
    return [...read.value.faults, ...still]
  })
  const faultOf = (column: string) => faults.value.find(fault => fault.column === column) ?? null
  const trouble = shallowRef<Trouble | null>(null)

  /** A newer version that the server sent with its refusal, until the stream has brought it too. */
  const sent = shallowRef<RecordEntity | null>(null)
  const now = computed(() => {
    const held = draft.key === null ? undefined : records.entity(draft.key)
    const isAhead = sent.value !== null && sent.value.rev > world.seq
    return isAhead && keyOf(recordOf(sent.value!)) === draft.key ? sent.value! : held
  })
  const gone = computed(() => draft.key !== null && !now.value && !pending.value)
  const theirs = computed(() =>
    now.value && now.value.rev !== draft.open!.rev && !pending.value ? now.value : null,
  )
  const clash = computed(() =>
    theirs.value
      ? clashOf(register.value, draft.open!.before, read.value.record, recordOf(theirs.value))
      : null,
  )
  const chosen = ref<Record<string, Side>>({})
  watch(
    () => theirs.value?.rev,
    () => (chosen.value = {}),
  )
  /** What only one of us changed stays changed; what both did must be chosen. */
  const sideOf = (key: string): Side | null =>
    chosen.value[key] ?? (clash.value?.theirs.some(part => part.key === key) ? 'theirs' : null)
  const undecided = computed(() => clash.value?.both.filter(part => !chosen.value[part.key]).length ?? 0)

  /** The form goes on from their version, with mine where I chose so. */
  function settle(): void {
    if (!theirs.value || !clash.value || undecided.value > 0) return
    const before = recordOf(theirs.value)
    const taken = [...clash.value.theirs, ...clash.value.both].filter(part => sideOf(part.key) === 'theirs')
    const merged = withTheirs(read.value.record, before, taken)
    draft.rebase(before, theirs.value.rev, textsOf(register.value, before))
    draft.texts = textsOf(register.value, merged)
  }
  /** The row is gone: what stands here may become a row again. */
  const asNew = (): void => {
    draft.open = { ...draft.open!, rev: null }
  }

  const whyNot = computed((): string | null => {
    if (mayNot.value) return mayNot.value
    if (pending.value) return t('edit.pending')
    if (gone.value || theirs.value) return t('edit.changedFirst')
    if (faults.value.length > 0) return t('edit.faults', { n: faults.value.length }, faults.value.length)
    return draft.dirty || draft.open!.rev === null ? null : t('edit.nothing')
  })

  async function save(): Promise<void> {
    if (whyNot.value) return
    const { record } = read.value
    trouble.value = null
    const refused = await send(record, draft.open!.rev, draft.note.trim() || null)
    if (refused) return refuse(refused)
    draft.end()
    records.pick(keyOf(record))
    notice.tell({ zh: `已保存　${record.name}`, en: `Saved　${record.name}` })
  }
  function refuse(refused: Trouble): void {
    const { faults: bad, current } = (refused.details ?? {}) as {
      faults?: RecordFault[]
      current?: RecordEntity
    }
    if (refused.code === 'record_changed' && current) sent.value = current
    else {
      trouble.value = refused
      said.value = (bad ?? []).map(fault => ({ ...fault, of: textOf(fault.column) ?? '' }))
    }
  }

  return {
    register,
    read,
    faultOf,
    trouble,
    gone,
    theirs,
    clash,
    chosen,
    sideOf,
    undecided,
    settle,
    asNew,
    whyNot,
    mayNot,
    pending,
    save,
  }
}
