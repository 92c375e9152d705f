import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'

/** A row in a form. `rev` null = it is to be a new one; `place` = only its position is asked for. */
export interface Draft {
  register: string
  before: RegisterRecord
  rev: number | null
  part: 'all' | 'place'
}

/** The one row that is being edited here, as it stands in the form. Nothing of it is in the world yet. */
export const useDraft = defineStore('draft', () => {
  const open = shallowRef<Draft | null>(null)
  const texts = ref<Record<string, string>>({})
  const first = shallowRef<Readonly<Record<string, string>>>({})
  const note = ref('')
  /** Somebody wants to leave the form: he is asked before anything is lost. */
  const leaving = ref(false)
  const dirty = computed(
    () => open.value !== null && Object.entries(texts.value).some(([key, text]) => text !== first.value[key]),
  )
  const key = computed(() => (open.value?.rev ? `${open.value.register}/${open.value.before.id}` : null))

  function begin(draft: Draft, as: Record<string, string>): void {
    open.value = draft
    first.value = { ...as }
    texts.value = { ...as }
    note.value = ''
    leaving.value = false
  }
  /** The row has changed under the form: the texts stay, what they are compared with is the new row. */
  function rebase(before: RegisterRecord, rev: number | null, as: Record<string, string>): void {
    open.value = { ...open.value!, before, rev }
    first.value = { ...as }
  }
  const end = (): void => {
    open.value = null
    texts.value = {}
    leaving.value = false
  }
  /** Closes what was not changed; asks otherwise. @returns whether it is closed */
  function leave(): boolean {
    if (!dirty.value) end()
    else leaving.value = true
    return open.value === null
  }

  const at = computed((): LonLat | null => {
    if (!open.value) return null
    const { lon = '', lat = '' } = texts.value
    const [x, y] = [Number(lon), Number(lat)]
    return lon.trim() !== '' && lat.trim() !== '' && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null
  })
  function placeAt([lon, lat]: LonLat): void {
    if (!open.value) return
    texts.value = { ...texts.value, lon: lon.toFixed(6), lat: lat.toFixed(6) }
  }
  return { open, texts, first, note, leaving, dirty, key, at, begin, rebase, end, leave, placeAt }
})
