import { expect, test } from 'vitest'
import { Heap } from './heap.ts'
import { Random } from './random.ts'

test('gives back what went in, least first, of equals the lowest number', () => {
  const random = new Random(4, 'heap')
  const heap = new Heap()
  const all = Array.from({ length: 5000 }, (_, value) => ({ key: random.whole(0, 300), value }))
  for (const { key, value } of random.shuffle(all)) heap.push(key, value)
  const out: { key: number; value: number }[] = []
  while (heap.size > 0) out.push({ key: heap.leastKey(), value: heap.pop() })
  expect(out).toEqual(all.sort((a, b) => a.key - b.key || a.value - b.value))
})

test('an empty one says so', () => {
  const heap = new Heap()
  expect(heap.pop()).toBe(-1)
  expect(heap.leastKey()).toBe(Infinity)
})
