import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDraft } from './draft.ts'
import { useDrawing } from './drawing.ts'
import { useSelection } from './selection.ts'

const before = {
  id: 'Z1',
  register: 'geohazardPoints',
  name: '滑坡',
  at: null,
  source: { name: '台账', asOf: null },
  fields: {},
}
const area = { key: 'area', closed: true }

describe('a line that is drawn', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    const first = { area: '', wayOut: '1,1; 2,2' }
    useDraft().begin({ register: 'geohazardPoints', before, rev: 3, part: 'all' }, first)
  })
  it('stands in the draft like any other column, closed once it can be', () => {
    const [draft, drawing] = [useDraft(), useDrawing()]
    drawing.begin(area)
    drawing.put([1, 1])
    drawing.put([3, 1])
    expect([draft.texts.area, draft.dirty]).toEqual(['1,1; 3,1', true])
    drawing.put([3.0000004, 3])
    expect(draft.texts.area).toBe('1,1; 3,1; 3,3; 1,1')
    expect(drawing.corners).toHaveLength(3)
  })
  it('takes the next corner behind the one that is picked, and one out of a side', () => {
    const [draft, drawing] = [useDraft(), useDrawing()]
    drawing.begin({ key: 'wayOut', closed: false })
    drawing.put([1, 2], 0)
    expect([draft.texts.wayOut, drawing.picked]).toEqual(['1,1; 1,2; 2,2', 1])
    drawing.put([1, 3])
    expect(draft.texts.wayOut).toBe('1,1; 1,2; 1,3; 2,2')
  })
  it('is taken back step by step, a drag being one', () => {
    const [draft, drawing] = [useDraft(), useDrawing()]
    drawing.begin({ key: 'wayOut', closed: false })
    drawing.move(1, [2, 3], true)
    drawing.move(1, [2, 4], false)
    drawing.move(1, [2, 5], false)
    drawing.drop(0)
    expect(draft.texts.wayOut).toBe('2,5')
    drawing.undo()
    expect(draft.texts.wayOut).toBe('1,1; 2,5')
    drawing.undo()
    drawing.undo()
    expect([draft.texts.wayOut, draft.dirty]).toEqual(['1,1; 2,2', false])
  })
  it('is no longer under the hand once another tool is, or the form is closed', () => {
    const [draft, drawing, selection] = [useDraft(), useDrawing(), useSelection()]
    drawing.begin(area)
    selection.back()
    expect(drawing.line).toBeNull()
    drawing.begin(area)
    draft.end()
    expect([drawing.line, drawing.others]).toEqual([null, null])
  })
  it('leaves the form’s other lines for the map to show', () => {
    const drawing = useDrawing()
    drawing.begin({ key: 'wayOut', closed: false })
    expect(drawing.others).toEqual({ area: [] })
    drawing.begin(area)
    expect(drawing.others).toEqual({
      wayOut: [
        [1, 1],
        [2, 2],
      ],
    })
  })
})
