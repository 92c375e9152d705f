import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useBelowMap } from './belowMap.ts'
import { useDraft } from './draft.ts'
import { useViewer } from './viewer.ts'

const before = {
  id: 'K1',
  register: 'mines',
  name: '一矿',
  at: null,
  source: { name: '台账', asOf: null },
  fields: {},
}

describe('a draft', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })
  it('is left at once when nothing was changed, and asks otherwise', () => {
    const draft = useDraft()
    draft.begin({ register: 'mines', before, rev: 3, part: 'all' }, { name: '一矿', lon: '', lat: '' })
    expect(draft.key).toBe('mines/K1')
    draft.texts.name = '二矿'
    expect([draft.leave(), draft.leaving, draft.open === null]).toEqual([false, true, false])
    draft.texts.name = '一矿'
    expect([draft.leave(), draft.open]).toEqual([true, null])
  })
  it('takes a place from the map only while a form is open', () => {
    const draft = useDraft()
    draft.placeAt([82.8, 38.9])
    expect(draft.at).toBeNull()
    draft.begin({ register: 'mines', before, rev: 3, part: 'place' }, { lon: '', lat: '' })
    draft.placeAt([82.8123456, 38.9])
    expect([draft.at, draft.dirty]).toEqual([[82.812346, 38.9], true])
    draft.texts.lat = '北'
    expect(draft.at).toBeNull()
  })
  it('is compared with the row as it stands after somebody else changed it', () => {
    const draft = useDraft()
    draft.begin({ register: 'mines', before, rev: 3, part: 'all' }, { name: '一矿' })
    draft.texts.name = '二矿'
    draft.rebase({ ...before, name: '二矿' }, 5, { name: '二矿' })
    expect([draft.dirty, draft.open!.rev]).toEqual([false, 5])
  })
})

describe('the screen', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })
  it('may what the server says, and only read before that', () => {
    const viewer = useViewer()
    expect([viewer.may('read'), viewer.may('editRecords')]).toEqual([true, false])
    viewer.set({
      viewer: { id: 'a', name: '王', role: 'duty' },
      rights: ['read', 'editRecords'],
      administrator: true,
    })
    expect(viewer.may('editRecords')).toBe(true)
  })
  it('keeps how the map shares its height, within reason', () => {
    const below = useBelowMap()
    below.divide(0.99)
    expect(below.share).toBe(0.75)
    setActivePinia(createPinia())
    expect(useBelowMap().share).toBe(0.75)
  })
})
