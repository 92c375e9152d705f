import { describe, expect, it } from 'vitest'
import { registerOf } from '../../../server/contract/registers/index.ts'
import { namesPerson, personsToSearch } from './personsText.ts'

const teams = registerOf('teams')!
const persons = (leader: string | null, leaderPhone: string | null) =>
  personsToSearch(teams, { register: 'teams', id: 'a', fields: { leader, leaderPhone } })

describe('persons in a search', () => {
  it('are found by name, by pinyin, by any part of a telephone however it is written', () => {
    const one = persons('赵某', '＋８６ 139-0000-1111')
    for (const word of ['赵', '赵某', '1390000', '139-0000', '0000-1111', '+86139', '00001111'])
      expect([word, namesPerson(word, one, '')]).toEqual([word, true])
    expect(namesPerson('zm', one, 'zhaomou zm')).toBe(true)
    for (const word of ['钱', '1391', '11112', '86-140'])
      expect([word, namesPerson(word, one, '')]).toEqual([word, false])
  })
  it('are nothing where nothing is known; a number does not run on into the next', () => {
    expect(persons(null, null)).toEqual({ text: '', digits: '', names: [] })
    const officer = personsToSearch(registerOf('liaisonOfficers')!, {
      register: 'liaisonOfficers',
      id: '1',
      name: '李某',
      fields: { phone: '123' },
    })
    expect(officer.names).toEqual(['李某'])
    expect(namesPerson('1234', officer, '')).toBe(false)
  })
})
