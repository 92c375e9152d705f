import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryStore } from './memory.ts'
import { row } from './store.contract.ts'
import type { Store } from './store.ts'
import { knowingWritable } from './writable.ts'

const AT = '2026-07-01T08:00:00.000Z'
const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })

let fails: Error | null
let probes: number
let store: ReturnType<typeof knowingWritable>
let told: (string | null)[]
beforeEach(() => {
  vi.useFakeTimers()
  ;[fails, probes, told] = [null, 0, []]
  const memory = createMemoryStore()
  const frail: Store = {
    ...memory,
    append: rows => (fails ? Promise.reject(fails) : memory.append(rows)),
    probe: async () => {
      probes++
      if (fails) throw fails
    },
  }
  store = knowingWritable(frail, () => new Date(AT), 3000)
  store.watchWritable(now => told.push(now && now.reason.en))
})
afterEach(async () => {
  await store.close()
  vi.useRealTimers()
})

test('a failed append marks it, with since when and why; it is probed only while marked, and clears itself', async () => {
  await store.append([row(1)])
  await vi.advanceTimersByTimeAsync(60_000)
  expect([store.notWritable(), probes]).toEqual([null, 0])
  fails = full
  await expect(store.append([row(2)])).rejects.toBe(full)
  expect(store.notWritable()).toEqual({ since: AT, reason: { zh: '磁盘已满', en: 'the disk is full' } })
  await vi.advanceTimersByTimeAsync(9000)
  expect(probes).toBe(3)
  fails = null
  await vi.advanceTimersByTimeAsync(3000)
  expect(store.notWritable()).toBeNull()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([probes, told]).toEqual([4, ['the disk is full', null]])
  expect(await store.append([row(2)])).toBe('ok')
})

test('an append that is done clears it before the probe does; who left is told no more', async () => {
  const late = vi.fn()
  const leave = store.watchWritable(late)
  fails = full
  await store.append([row(1)]).catch(() => {})
  leave()
  fails = null
  expect(await store.append([row(1)])).toBe('ok')
  expect([store.notWritable(), late.mock.calls.length, told]).toEqual([null, 1, ['the disk is full', null]])
})

test('a new reason is told, the time stays that of the first', async () => {
  fails = full
  await store.append([row(1)]).catch(() => {})
  fails = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  await vi.advanceTimersByTimeAsync(3000)
  expect(told).toEqual(['the disk is full', 'the database cannot be reached'])
  expect(store.notWritable()?.since).toBe(AT)
})

test('what is wrong with a row alone, or over at once, marks nothing', async () => {
  await expect(store.append([row(1, { key: '\0' })])).rejects.toThrow(RangeError)
  fails = new Error('terminating connection')
  const failing = store.append([row(1)])
  fails = null
  await expect(failing).rejects.toThrow('terminating')
  await store.append([row(1)])
  expect(await store.append([row(1)])).toBe('conflict')
  expect([store.notWritable(), told]).toEqual([null, []])
})

test('at the start it is probed, and a listener that throws keeps nobody from being told', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const last = vi.fn()
  store.watchWritable(() => {
    throw new Error('mine')
  })
  store.watchWritable(last)
  fails = Object.assign(new Error('cannot execute INSERT in a read-only transaction'), { code: '25006' })
  await store.probe()
  expect(last).toHaveBeenCalledWith(store.notWritable())
  expect(store.notWritable()?.reason.zh).toBe('数据库只读')
})
