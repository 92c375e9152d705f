import { expect, test } from 'vitest'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import { partPersons } from './persons.ts'
import { sampleRecords } from './tables.fixture.ts'

const records = [...sampleRecords(REGISTERS, 5).values()].flat()

test('no column of a person or a telephone is left, and none is lost', () => {
  const parted = partPersons(records, REGISTERS)
  const personal = new Map(
    REGISTERS.map(({ key, columns }) => [
      key,
      columns.filter(({ type }) => type === 'person' || type === 'phone').map(column => column.key),
    ]),
  )
  expect([...personal.values()].flat().length).toBeGreaterThan(30)
  for (const { register, fields } of parted.records) {
    expect(Object.keys(fields).filter(key => personal.get(register)!.includes(key))).toEqual([])
  }
  expect(JSON.stringify(parted.records)).not.toMatch(/000-1\d{3}-0000/)
  const kept = new Map(parted.persons.map(person => [`${person.register} ${person.id}`, person]))
  for (const [i, record] of parted.records.entries()) {
    const { name, nameEn, fields } = kept.get(`${record.register} ${record.id}`) ?? { fields: {} }
    const back = { ...record, name: name ?? record.name, fields: { ...record.fields, ...fields } }
    const english = nameEn ?? record.nameEn
    const unknown = personal.get(record.register)!.filter(key => !(key in fields))
    for (const key of unknown) expect(records[i].fields[key]).toBeNull()
    const all = { ...back.fields, ...Object.fromEntries(unknown.map(key => [key, null])) }
    expect({ ...back, fields: all, ...(english === undefined ? {} : { nameEn: english }) }).toEqual(
      records[i],
    )
  }
})

test('where each row is a person, only the id stands for it', () => {
  const officers = records.filter(({ register }) => register === 'liaisonOfficers')
  const parted = partPersons(officers, REGISTERS)
  expect(parted.records.map(({ name }) => name)).toEqual(officers.map(({ id }) => id))
  expect(parted.persons.map(({ name }) => name)).toEqual(officers.map(({ name }) => name))
})

test('a field or a register that this release does not know is not shown', () => {
  const [known] = records
  const strange = { ...known, fields: { ...known.fields, secret: '13900000000' } }
  const parted = partPersons([strange, { ...known, register: 'nobody' }], REGISTERS)
  expect(parted.records).toHaveLength(1)
  expect(JSON.stringify(parted)).not.toContain('13900000000')
})
