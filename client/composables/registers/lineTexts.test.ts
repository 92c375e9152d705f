import { describe, expect, it } from 'vitest'
import { readLine } from './lineTexts.ts'

const says = (text: string, closed: boolean) => readLine(text, closed).fault?.text.zh

describe('the text of a line', () => {
  it('is a way, or a ring that ends where it began', () => {
    const at = [
      [0, 0],
      [1, 0],
      [1, 1],
    ]
    expect(readLine('0,0; 1,0; 1,1', false)).toEqual({ value: at })
    expect(readLine('0,0; 1,0; 1,1', true).value).toEqual([...at, at[0]])
    expect(readLine('0,0; 1,0; 1,1; 0,0', true).value).toEqual([...at, at[0]])
    expect(readLine(' ', true)).toEqual({ value: null })
  })
  it.each([
    ['0,0; 甲,1; 2,2', true, '第 2 个折点“甲,1”不是经纬度'],
    ['0,0', false, '只有一个折点'],
    ['0,0; 1,1', true, '折点不到三个，围不成范围'],
    ['0,0; 1,1; 1,0; 0,1', true, '自相交：折点 1–2 的边与折点 3–4 的边相交（图上红色）'],
    ['0,0; 0,1; 1,0; 1,1; 0,0', true, '自相交：折点 2–3 的边与折点 4–1 的边相交（图上红色）'],
  ])('%s is not one', (text, closed, fault) => {
    expect(says(text, closed)).toBe(fault)
  })
  it('may cross itself where it is a way', () => {
    expect(says('0,0; 1,1; 1,0; 0,1', false)).toBeUndefined()
  })
})
