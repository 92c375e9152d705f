import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'
import { registerOf } from '../../server/contract/registers/index.ts'
import { cornersOf, textOfCorners, wordOf, type Corner } from './corners.ts'
import { useDraft } from './draft.ts'
import { useSelection } from './selection.ts'

/** A column that holds a way or, closed, an area. */
export interface Line {
  key: string
  closed: boolean
}
const isPlaced = (at: LonLat | null): at is LonLat => at !== null

/** The line that is drawn on the map now. It stands in the form's texts, like any other column of the draft. */
export const useDrawing = defineStore('drawing', () => {
  const [draft, selection] = [useDraft(), useSelection()]
  const chosen = shallowRef<Line | null>(null)
  const line = computed(() => (selection.tool === 'line' && draft.open ? chosen.value : null))
  const cornersIn = ({ key, closed }: Line): Corner[] => cornersOf(draft.texts[key] ?? '', closed)
  const corners = computed(() => (line.value ? cornersIn(line.value) : []))
  /** The next corner comes behind this one; null = behind the last. */
  const picked = ref<number | null>(null)
  const past = shallowRef<readonly string[]>([])

  function begin(next: Line): void {
    chosen.value = next
    picked.value = null
    past.value = []
    selection.tool = 'line'
  }
  const end = (): void => {
    if (selection.tool === 'line') selection.tool = 'point'
  }
  /** @param step whether `undo` comes back to what was before: not between two moves of one drag */
  function write(texts: readonly string[], step = true): void {
    const { key, closed } = line.value!
    const [was, next] = [draft.texts[key] ?? '', textOfCorners(texts, closed)]
    if (step && next !== was) past.value = [...past.value, was]
    draft.texts[key] = next
  }
  const texts = () => corners.value.map(corner => corner.text)
  function insert(text: string, behind = picked.value ?? corners.value.length - 1): void {
    const all = texts()
    write([...all.slice(0, behind + 1), text, ...all.slice(behind + 1)])
    picked.value = behind + 1
  }
  const put = (at: LonLat, behind?: number): void => insert(wordOf(at), behind)
  const rewrite = (i: number, text: string, step = true): void =>
    write(
      texts().map((was, j) => (j === i ? text : was)),
      step,
    )
  const move = (i: number, to: LonLat, step: boolean): void => rewrite(i, wordOf(to), step)
  function drop(i: number): void {
    write(texts().filter((_, j) => j !== i))
    picked.value = null
  }
  function clear(): void {
    write([])
    picked.value = null
  }
  function undo(): void {
    const was = past.value.at(-1)
    if (was === undefined || !line.value) return
    past.value = past.value.slice(0, -1)
    draft.texts[line.value.key] = was
    picked.value = null
  }

  /** The lines of the open form but the one that is being drawn, as the map shows those of a row; null = no form. */
  const others = computed((): Record<string, LonLat[]> | null => {
    const columns = draft.open && registerOf(draft.open.register)?.columns
    if (!columns) return null
    const lines = columns.flatMap((column): [string, LonLat[]][] => {
      if (column.type !== 'line' || column.key === line.value?.key) return []
      const at = cornersIn({ key: column.key, closed: column.closed === true })
        .map(corner => corner.at)
        .filter(isPlaced)
      return [[column.key, column.closed && at.length > 2 ? [...at, at[0]!] : at]]
    })
    return Object.fromEntries(lines)
  })
  return { line, corners, picked, past, others, begin, end, put, insert, rewrite, move, drop, clear, undo }
})
