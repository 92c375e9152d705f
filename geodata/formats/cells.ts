import type { Text } from '../../server/contract/errors.ts'
import type { LonLat } from '../../server/contract/geo.ts'

/** A county's own lists, as they are called in a folder: teams.csv, places.geojson … */
export type RegisterName = 'teams' | 'places' | 'facilities'

/** What is wrong with one cell of a register. */
export interface Fault {
  line: number
  column: string
  text: Text
  remedy: Text
}

/** Chinese words of a kind column. */
export const KIND_WORDS: Record<RegisterName, Record<string, string>> = {
  teams: {
    消防: 'fire',
    医疗: 'medical',
    公安: 'police',
    矿山: 'mine',
    森林: 'forest',
    救援: 'rescue',
    乡镇: 'township',
    社会: 'social',
    其他: 'other',
  },
  places: { 城市: 'city', 镇: 'town', 村: 'village', 自然村: 'hamlet', 社区: 'suburb' },
  facilities: {
    学校: 'school',
    避难所: 'shelter',
    集合点: 'assembly',
    医院: 'hospital',
    消防站: 'fire',
    派出所: 'police',
  },
}

/** Reads the cells of one row; a bad one is noted in `faults` and read as a harmless value. */
export interface Cell {
  text(column: string, max: number): string
  required(column: string, max: number): string
  oneOf(column: string, values: readonly string[], words: Record<string, string>): string
  /** Blank = null, never 0. */
  whole(column: string, max: number): number | null
  decimal(column: string, min: number, max: number): number | null
  lonLat(): LonLat
  fault(column: string, zh: string, en: string, remedy?: Text): void
}

const FIX: Text = { zh: '请改正后重新导入。', en: 'Correct it and import again.' }

export function cellReader(line: number, faults: Fault[], raw: (column: string) => string): Cell {
  const fault: Cell['fault'] = (column, zh, en, remedy = FIX) => {
    faults.push({ line, column, text: { zh, en }, remedy })
  }
  const cell: Cell = {
    fault,
    text(column, max) {
      const value = raw(column)
      if (value.length > max) fault(column, `超过 ${max} 个字`, `is longer than ${max} characters`)
      return value
    },
    required(column, max) {
      const value = cell.text(column, max)
      if (value === '') fault(column, '为空', 'is empty')
      return value
    },
    oneOf(column, values, words) {
      const value = raw(column)
      const found = values.find(v => v === value.toLowerCase()) ?? words[value]
      if (found !== undefined) return found
      fault(column, `“${shown(value)}”不认识`, `"${shown(value)}" is not known`, {
        zh: `可用：${Object.entries(words)
          .map(([zh, en]) => `${zh}（${en}）`)
          .join('、')}。`,
        en: `Use one of ${values.join(', ')}.`,
      })
      return values[0]
    },
    whole(column, max) {
      const value = raw(column)
      if (value === '') return null
      const number = /^\d{1,12}$/.test(value) ? Number(value) : NaN
      if (number <= max) return number
      fault(
        column,
        `“${shown(value)}”不是 0 至 ${max} 的整数`,
        `"${shown(value)}" is no whole number 0–${max}`,
        {
          zh: '请只填数字；不知道就留空。',
          en: 'Digits only; leave it blank where unknown.',
        },
      )
      return null
    },
    decimal(column, min, max) {
      const value = raw(column)
      if (value === '') return null
      const number = toNumber(value)
      if (number >= min && number <= max) return number
      fault(
        column,
        `“${shown(value)}”不是 ${min} 至 ${max} 的数`,
        `"${shown(value)}" is no number ${min}–${max}`,
      )
      return null
    },
    lonLat() {
      const [lon, lat] = [toNumber(raw('lon')), toNumber(raw('lat'))]
      const swapped = Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90
      if (swapped) {
        fault('lat', '经度与纬度填反了', 'longitude and latitude are swapped', {
          zh: '请对调 lon 与 lat 两列。',
          en: 'Swap the columns lon and lat.',
        })
      } else {
        if (!(Math.abs(lon) <= 180)) degrees('lon', 180)
        if (!(Math.abs(lat) <= 90)) degrees('lat', 90)
      }
      return [lon, lat]
    },
  }
  const degrees = (column: string, max: number): void => {
    const value = shown(raw(column))
    fault(
      column,
      `“${value}”不是 −${max} 至 ${max} 的度数`,
      `"${value}" is no number of degrees −${max} to ${max}`,
      {
        zh: '请填 WGS84 十进制度，如 112.3456。',
        en: 'Give WGS84 decimal degrees, like 112.3456.',
      },
    )
  }
  return cell
}

const shown = (value: string): string => (value === '' ? '（空）' : value.slice(0, 40))

const toNumber = (value: string): number => (/^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : NaN)
