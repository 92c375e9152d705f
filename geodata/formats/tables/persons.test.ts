import { expect, test } from 'vitest'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import { joinPersons, partPersons } from './persons.ts'
import { sampleRecords } from './tables.fixture.ts'

const records = [...sampleRecords(REGISTERS, 5).values()].flat()

test('no column of a person or a telephone is left, and joining gives the records back', () => {
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
  expect(joinPersons(parted.records, parted.persons, REGISTERS)).toEqual(records)
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
