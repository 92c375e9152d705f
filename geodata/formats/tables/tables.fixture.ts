import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'

/** Rows of every register with something in every column; each third column of each fourth row is unknown. */
export function sampleRecords(registers: readonly Register[], rows: number): Map<string, RegisterRecord[]> {
  return new Map(
    registers.map(register => [
      register.key,
      Array.from({ length: rows }, (_, i) => sampleRecord(register, i, rows)),
    ]),
  )
}

function sampleRecord(register: Register, i: number, rows: number): RegisterRecord {
  const fields: Record<string, FieldValue> = {}
  for (const [c, column] of register.columns.entries()) {
    const unknown = !column.needed && (c + i) % 12 === 3
    fields[column.key] = unknown ? null : sampleValue(column, i + c, rows)
  }
  const placed = register.position === 'needed' || (register.position === 'expected' && i % 10 !== 9)
  return {
    id: `${register.key}-${String(i).padStart(3, '0')}`,
    register: register.key,
    name: `${register.sheet.zh}${i}号 <&"'>`,
    ...(i % 3 === 0 ? { nameEn: `No. ${i}` } : {}),
    at: placed ? [82.8 + i * 0.000123, 38.9 - i * 0.000077] : null,
    source: { name: i % 2 ? '县应急管理局' : '=1+1', asOf: [null, '2026-03-12', '2025', '2026-03'][i % 4] },
    fields,
  }
}

function sampleValue(
  { type, key, refers, choices, min = 0, max }: Column,
  i: number,
  rows: number,
): FieldValue {
  const id = (n: number): string => `${refers}-${String(n % rows).padStart(3, '0')}`
  const top = Math.min(max ?? 1000, min + 1000)
  switch (type) {
    case 'whole':
      return min + (i % (top - min + 1))
    case 'number':
      return min + ((i * 37) % 100) * ((top - min) / 1000)
    case 'flag':
      return i % 2 === 0
    case 'choice':
      return choices![i % choices!.length].value
    case 'date':
      return `2025-0${1 + (i % 9)}-1${i % 10}`
    case 'phone':
      return `000-${1000 + i}-0000`
    case 'list':
      if (refers) return [id(i), id(i + 1)].slice(0, rows)
      return choices ? [choices[i % choices.length].value] : i % 5 === 0 ? [] : [`东沟${i}`, '西坪']
    case 'line':
      return [
        [82.8 + i * 1e-4, 38.9],
        [82.81, 38.9 + i * 1e-6],
        [82.812345, 38.91],
      ]
    default:
      return refers ? id(i) : `${key} 第${i}处\n0${i}`
  }
}
