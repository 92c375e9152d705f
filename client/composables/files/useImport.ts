import { computed, reactive, ref, shallowRef } from 'vue'
import type { Datum } from '../../../server/contract/registers/exchange.ts'
import type { FileAs, FilePreview } from '../../api.ts'
import { useDeps } from '../../deps.ts'
import { useCounty } from '../../stores/county.ts'
import { troubleOf, type Trouble } from '../../trouble.ts'

/** Where an import stands. Nothing of the registers is changed before `done`. */
export type Phase = 'choosing' | 'sending' | 'reading' | 'shown' | 'applying' | 'done'
export type { FilePreview }
export type Import = ReturnType<typeof useImport>

/** What a preview that the registers have outrun is refused with. */
const OUTRUN = new Set(['record_changed', 'record_exists', 'record_unknown', 'import_unknown'])

const ASK_EVERY_MS = 700

/** A file of registers: chosen, read and compared by the server, looked at, and only then taken in. */
export function useImport() {
  const { api, newId } = useDeps()
  const county = useCounty()
  const phase = ref<Phase>('choosing')
  const file = shallowRef<File | null>(null)
  const as = reactive<FileAs>({ datum: 'wgs84', blanks: 'keep', dropMissing: false, register: null })
  /** What the preview that is shown was read as. */
  const shownAs = shallowRef<FileAs | null>(null)
  const preview = shallowRef<FilePreview | null>(null)
  const trouble = shallowRef<Trouble | null>(null)
  /** 0–1 of the file has gone. */
  const sent = ref(0)
  /** How far the server is with it, as far as it has said. */
  const reading = shallowRef<{ share: number | null; limitS: number } | null>(null)
  const seq = ref(0)
  let running = new AbortController()
  /** The same for every try of one preview: applied twice it happens once. */
  let key = ''

  const busy = computed(() => ['sending', 'reading', 'applying'].includes(phase.value))
  const outrun = computed(() => phase.value === 'shown' && OUTRUN.has(trouble.value?.code ?? ''))

  async function read(): Promise<void> {
    if (!file.value || !county.county) return
    running.abort()
    const mine = (running = new AbortController())
    ;[phase.value, trouble.value, preview.value, sent.value] = ['sending', null, null, 0]
    reading.value = null
    const asked = { ...as }
    const watch = newId()
    const tellSent = (share: number): void => {
      if (mine !== running) return
      sent.value = share
      if (share < 1 || phase.value !== 'sending') return
      phase.value = 'reading'
      void follow(mine, watch)
    }
    try {
      const made = await api.previewFile(county.county.id, file.value, asked, {
        sent: tellSent,
        signal: mine.signal,
        watch,
      })
      if (mine !== running) return
      ;[preview.value, shownAs.value, phase.value, key] = [made, asked, 'shown', newId()]
    } catch (error) {
      if (mine !== running) return
      phase.value = 'choosing'
      if (!mine.signal.aborted) trouble.value = troubleOf(error)
    }
  }
  /** Asks how far the server is, again and again until it has answered. */
  async function follow(mine: AbortController, watch: string): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, ASK_EVERY_MS))
    const isRead = (): boolean => mine === running && phase.value === 'reading'
    if (!isRead()) return
    // An answer that is lost is only a step that is not shown.
    const said = await api.importProgress(county.county!.id, watch).catch(() => null)
    if (!isRead()) return
    if (said) reading.value = said
    void follow(mine, watch)
  }
  function take(chosen: File | null | undefined): void {
    if (!chosen || phase.value === 'applying') return
    file.value = chosen
    void read()
  }
  function readAs(datum: Datum): void {
    as.datum = datum
    void read()
  }
  async function apply(): Promise<void> {
    if (!preview.value || !county.county || phase.value !== 'shown') return
    ;[phase.value, trouble.value] = ['applying', null]
    try {
      seq.value = (await api.applyFile(county.county.id, preview.value.id, key)).seq
      phase.value = 'done'
    } catch (error) {
      trouble.value = troubleOf(error)
      phase.value = 'shown'
    }
  }
  function stop(): void {
    running.abort()
    phase.value = 'choosing'
  }
  function startAgain(): void {
    stop()
    ;[file.value, preview.value, trouble.value] = [null, null, null]
  }
  return {
    phase,
    file,
    as,
    shownAs,
    preview,
    trouble,
    sent,
    reading,
    seq,
    busy,
    outrun,
    read,
    take,
    readAs,
    apply,
    stop,
    startAgain,
  }
}
