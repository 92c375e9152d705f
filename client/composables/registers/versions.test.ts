import { describe, expect, it } from 'vitest'
import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { clashOf, differing, partText, partsOf, withTheirs } from './versions.ts'

const points = registerOf('geohazardPoints')!
const row = (more: Partial<RegisterRecord> = {}, fields: RegisterRecord['fields'] = {}): RegisterRecord => ({
  id: 'Z1',
  register: 'geohazardPoints',
  name: '后山滑坡',
  at: [82.8, 38.9],
  source: { name: '台账', asOf: '2026-06-30' },
  ...more,
  fields: { kind: 'landslide', people: 31, refuge: 'B1', ...fields },
})
const keys = (parts: { key: string }[]) => parts.map(part => part.key)

describe('versions', () => {
  it('differ where a value does, and unknown is the same as not there', () => {
    const after = row(
      { name: '前山滑坡', at: null, source: { name: '台账', asOf: null } },
      { people: 40, signal: null },
    )
    expect(keys(differing(points, row(), after))).toEqual(['name', 'at', 'asOf', 'people'])
    expect(differing(points, row(), row())).toEqual([])
  })
  it('never show a person’s column', () => {
    expect(keys(partsOf(points))).not.toContain('monitorPhone')
  })
  it('are said as people read them', () => {
    const part = (key: string) => partsOf(points).find(p => p.key === key)!
    const said = (key: string, r = row()) => partText(part(key), r, 'zh', k => `<${k}>`)
    expect(said('people')).toBe('31 人')
    expect(said('refuge')).toBe('<refuges/B1>')
    expect(said('at')).toBe('38.900000 N　82.800000 E')
    expect(said('signal')).toBeNull()
    expect(
      said(
        'wayOut',
        row(
          {},
          {
            wayOut: [
              [82.8, 38.9],
              [82.8, 38.91],
            ],
          },
        ),
      ),
    ).toBe('1.1 km　2 个折点')
  })
})

describe('two edits of one row', () => {
  const mine = row({ name: '我改的' }, { people: 40, level: '2' })
  const theirs = row({ nameEn: 'Hill' }, { people: 50, level: '2', automatic: true })

  it('clash only where both changed the same thing to something else', () => {
    const { mine: m, theirs: t, both } = clashOf(points, row(), mine, theirs)
    expect([keys(m), keys(t), keys(both)]).toEqual([['name'], ['nameEn', 'automatic'], ['people']])
  })
  it('become one row as chosen, part by part', () => {
    const { theirs: t, both } = clashOf(points, row(), mine, theirs)
    const merged = withTheirs(mine, theirs, [...t, ...both])
    expect(merged).toMatchObject({
      name: '我改的',
      nameEn: 'Hill',
      fields: { people: 50, automatic: true, level: '2' },
    })
    expect(mine.fields.people).toBe(40)
    expect(withTheirs(theirs, mine, partsOf(points))).toEqual({
      ...mine,
      fields: expect.objectContaining(mine.fields),
    })
    expect('nameEn' in withTheirs(theirs, mine, partsOf(points))).toBe(false)
  })
})
