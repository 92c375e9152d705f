import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, nextTick } from 'vue'
import type { Entity } from '../../server/contract/change.ts'
import { entityOf } from '../../server/contract/registers/entity.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { DEPS, type Deps } from '../deps.ts'
import { createWords } from '../locales/index.ts'
import { useConnection } from '../stores/connection.ts'
import { useCounty } from '../stores/county.ts'
import { useDraft } from '../stores/draft.ts'
import { useRecords } from '../stores/records.ts'
import { useViewer } from '../stores/viewer.ts'
import { useWorld } from '../stores/world.ts'
import { SERVER_AWAY, TroubleError } from '../trouble.ts'
import { useBeginDraft } from './useBeginDraft.ts'
import { stepsOf } from './useHistory.ts'
import { useRecordEdits } from './useRecordEdits.ts'
import { useRecordForm } from './useRecordForm.ts'

const ROW: RegisterRecord = {
  id: 'K1',
  register: 'stores',
  name: '县库',
  at: [82.8, 38.9],
  source: { name: '台账', asOf: '2026-06-30' },
  fields: { tier: 'county', state: 'inUse' },
}
const at = '2026-07-01T00:00:00Z'
const entity = (rev: number, more: Partial<RegisterRecord> = {}, by = '李') =>
  ({ ...entityOf({ ...ROW, ...more }, by, at), rev }) as Entity
const hold = (seq: number, ...entities: Entity[]) =>
  useWorld().replace({ room: 'vale', seq, at, epoch: 'e1', entities })

type Sent = { ifRev: number | null; record: RegisterRecord; note: string | null }
function setUp(answer: (input: Sent) => Promise<{ seq: number }>) {
  const command = vi.fn<(room: string, key: string, name: string, input: Sent) => Promise<{ seq: number }>>(
    (_room, _key, _name, input) => answer(input),
  )
  let ids = 0
  const deps = { api: { command }, now: () => new Date(at), newId: () => `id-${++ids}` } as unknown as Deps
  useCounty().data = { county: { id: 'vale', timeZone: 'Asia/Shanghai' } } as never
  useViewer().set({
    viewer: { id: 'a', name: '王', role: 'duty' },
    rights: ['read', 'editRecords'],
    administrator: true,
  })
  let made: { begin: ReturnType<typeof useBeginDraft>; form: Form; edits: ReturnType<typeof useRecordEdits> }
  const setup = () => {
    made = { begin: useBeginDraft(), form: useRecordForm(), edits: useRecordEdits() }
    return () => null
  }
  createApp({ setup }).use(createWords('zh')).provide(DEPS, deps).mount(document.createElement('div'))
  return { command, ...made! }
}
type Form = ReturnType<typeof useRecordForm>

describe('the form of a row', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
    hold(3, entity(3))
  })

  it('saves against the revision it began with, and closes when its own change has come back', async () => {
    const { command, form, begin } = setUp(async () => ({ seq: 4 }))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    expect(form.whyNot.value).toBe('没有改动')
    useDraft().texts.name = '新县库'
    expect(form.whyNot.value).toBeNull()
    const saving = form.save()
    await nextTick()
    expect([form.pending.value, useDraft().open === null]).toEqual([true, false])
    hold(4, entity(4, { name: '新县库' }, 'a'))
    await saving
    expect(useDraft().open).toBeNull()
    expect(command.mock.calls[0]!.slice(2)).toEqual([
      'saveRecord',
      { record: expect.objectContaining({ id: 'K1', name: '新县库' }), ifRev: 3, note: null },
    ])
  })

  it('shows at once what somebody else changed, and saves only what was chosen', async () => {
    const { command, form, begin } = setUp(async () => ({ seq: 5 }))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    useDraft().texts.name = '我的库'
    hold(4, entity(4, { name: '他的库', fields: { ...ROW.fields, state: 'out' } }))
    expect(form.clash.value!.both.map(p => p.key)).toEqual(['name'])
    expect(form.clash.value!.theirs.map(p => p.key)).toEqual(['state'])
    expect([form.undecided.value, form.whyNot.value]).toEqual([1, '先处理上面的变化'])
    form.settle()
    expect(useDraft().open!.rev).toBe(3)
    form.chosen.value.name = 'mine'
    form.settle()
    expect([useDraft().open!.rev, useDraft().texts.name, useDraft().texts.state]).toEqual([
      4,
      '我的库',
      'out',
    ])
    const saving = form.save()
    await nextTick()
    hold(5, entity(5, { name: '我的库' }))
    await saving
    const { ifRev, record } = command.mock.calls[0]![3]
    expect([ifRev, record.name, record.fields.state]).toEqual([4, '我的库', 'out'])
  })

  it('takes what the server refuses to the field it is about, until that is changed', async () => {
    const faults = [
      {
        column: 'name',
        head: { zh: '名称', en: 'Name' },
        text: { zh: '重名', en: 'taken' },
        remedy: { zh: '换', en: 'x' },
      },
    ]
    const trouble = { code: 'record_bad', text: { zh: '不行', en: 'no' }, details: { faults } }
    const { form, begin } = setUp(() => Promise.reject(new TroubleError(trouble)))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    useDraft().texts.name = '重名库'
    await form.save()
    expect(form.faultOf('name')!.text.zh).toBe('重名')
    expect(form.trouble.value!.code).toBe('record_bad')
    useDraft().texts.name = '别名库'
    expect(form.faultOf('name')).toBeNull()
  })

  it('shows a version that came with the refusal before the stream brought it; says when the row is gone', async () => {
    const trouble = {
      code: 'record_changed',
      text: { zh: '变了', en: 'no' },
      details: { current: entity(9, { name: '他的' }) },
    }
    const { form, begin } = setUp(() => Promise.reject(new TroubleError(trouble)))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    useDraft().texts.name = '我的'
    await form.save()
    expect(form.theirs.value!.rev).toBe(9)
    expect(form.clash.value!.both).toHaveLength(1)
    hold(10)
    expect([form.gone.value, form.clash.value]).toEqual([true, null])
  })

  it('says that a row is gone, and keeps what was entered as a new one', () => {
    const { form, begin } = setUp(async () => ({ seq: 5 }))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    hold(4)
    expect(form.gone.value).toBe(true)
    form.asNew()
    expect([form.gone.value, form.whyNot.value, useDraft().open!.rev]).toEqual([false, null, null])
  })

  it('cannot save away from the server or without the right, and says why', () => {
    const { form, begin } = setUp(async () => ({ seq: 5 }))
    begin.edit(useRecords().byKey.get('stores/K1')!)
    useDraft().texts.name = '我的'
    useConnection().set('away')
    expect(form.whyNot.value).toContain('服务器断开')
    useConnection().set('live')
    useViewer().set(null)
    expect(form.whyNot.value).toContain('修改台账')
  })

  it('begins a new row with the next id and today', () => {
    const { begin } = setUp(async () => ({ seq: 5 }))
    begin.add('stores')
    expect(useDraft().texts).toMatchObject({ id: 'K2', name: '', asOf: '2026-07-01' })
    begin.edit(useRecords().byKey.get('stores/K1')!)
    expect(useDraft().texts.id).toBe('K1')
  })

  it('sends again under the same key what got no answer, under another what was refused', async () => {
    const { command, edits } = setUp(() => Promise.reject(new TroubleError(SERVER_AWAY)))
    await edits.save(ROW, 3, null)
    await edits.save(ROW, 3, null)
    await edits.save({ ...ROW, name: '另' }, 3, null)
    expect(command.mock.calls.map(([, key]) => key)).toEqual(['id-1', 'id-1', 'id-2'])
  })
})

describe('history', () => {
  const change = (seq: number, put: Entity[]) => ({
    seq,
    at,
    clock: at,
    actor: 'a',
    verb: 'x',
    room: 'vale',
    note: null,
    put,
    drop: [],
  })
  it('tells what each change made of the row, and owns up to what was not read', () => {
    const changes = [change(5, []), change(4, [entity(4, { name: '新' })]), change(3, [entity(3)])]
    const steps = stepsOf(changes, false)
    expect(steps.map(s => s.parts.map(p => p.key))).toEqual([[], ['name'], []])
    expect([steps[0]!.after, steps[2]!.before]).toEqual([null, null])
    expect(stepsOf(changes, true)[2]!.before).toBeUndefined()
  })
})
