import { describe, expect, it } from 'vitest'
import en from './en.ts'
import zh from './zh.ts'

function flat(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
}
const slots = (s: string) => [...new Set(s.match(/\{\w+\}/g))].sort()

describe('locales', () => {
  const [zhWords, enWords] = [new Map(flat(zh)), new Map(flat(en))]
  it('have the same keys', () => {
    expect([...enWords.keys()].sort()).toEqual([...zhWords.keys()].sort())
  })
  it('fill the same slots', () => {
    for (const [key, value] of zhWords) expect(slots(enWords.get(key)!), key).toEqual(slots(value))
  })
  it('put a full-width space between facts, never a middle dot', () => {
    for (const [key, value] of [...zhWords, ...enWords]) expect(value, key).not.toContain('·')
  })
  it('leave nothing untranslated in English', () => {
    for (const [key, value] of enWords)
      if (key !== 'strip.language') expect(value, key).not.toMatch(/[一-鿿]/)
  })
})
