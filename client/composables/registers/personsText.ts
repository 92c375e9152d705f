import { personalColumns } from '../../../server/contract/registers/persons.ts'
import type { RecordPersons } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'

export interface PersonsText {
  /** In small letters, full width made half. */
  text: string
  /** Each telephone number as digits alone, one to a line. */
  digits: string
  names: string[]
}

/** What can be searched for of the persons beside a row. */
export function personsToSearch(register: Register, { name, nameEn, fields }: RecordPersons): PersonsText {
  const of = (type: 'person' | 'phone'): string[] =>
    personalColumns(register)
      .filter(column => column.type === type)
      .flatMap(({ key }) => (typeof fields[key] === 'string' ? [fields[key]] : []))
  const names = [...(name === undefined ? [] : [name]), ...of('person')]
  const phones = of('phone').map(phone => phone.normalize('NFKC'))
  const texts = [...names, ...(nameEn === undefined ? [] : [nameEn]), ...phones]
  return {
    text: texts.join('\n').normalize('NFKC').toLowerCase(),
    digits: phones.map(phone => phone.replace(/\D/g, '')).join('\n'),
    names,
  }
}

/** A word that is a telephone number, or a part of one, as digits; null where it is none. */
const DIGITS = /^\+?[\d()-]{3,}$/
export function digitsOf(word: string): string | null {
  return DIGITS.test(word) ? word.replace(/\D/g, '') : null
}

/** Is a word of a search somewhere in the persons beside a row, or in their names' pinyin? */
export function namesPerson(word: string, { text, digits }: PersonsText, pinyin: string): boolean {
  const bare = digitsOf(word)
  return (
    text.includes(word) || pinyin.includes(word) || (bare !== null && bare !== '' && digits.includes(bare))
  )
}
