import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChangeRow, Store } from './store.ts'

export function row(seq: number, more: Partial<ChangeRow> = {}): ChangeRow {
  return {
    room: 'vale',
    seq,
    at: '2026-01-01T00:00:00.000Z',
    text: `{"seq":${seq}}`,
    hash: `h${seq}`,
    actor: 'guest',
    key: `k${seq}`,
    ...more,
  }
}

/** What every store does, whatever it keeps its rows in. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`store: ${name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    test('reads back what was appended, in order, byte for byte', async () => {
      const odd = row(1, { text: '{"名":"a\\u0000 \\n ü 🚒", "n":1.0}' })
      expect(await store.append([odd])).toBe('ok')
      expect(await store.append([row(2), row(3)])).toBe('ok')
      expect(await store.read('vale', 0)).toEqual([odd, row(2), row(3)])
      expect(await store.read('vale', 1)).toEqual([row(2), row(3)])
      expect(await store.read('vale', 1, 1)).toEqual([row(2)])
      expect(await store.read('vale', 3)).toEqual([])
    })

    test('a taken seq is a conflict and writes nothing', async () => {
      await store.append([row(1)])
      expect(await store.append([row(2), row(1, { key: 'other' })])).toBe('conflict')
      expect(await store.read('vale', 0)).toEqual([row(1)])
    })

    test('a key is taken per room and actor', async () => {
      await store.append([row(1)])
      expect(await store.append([row(2, { key: 'k1' })])).toBe('conflict')
      expect(await store.append([row(2, { key: 'k1', actor: 'other' })])).toBe('ok')
      expect(await store.append([row(1, { room: 'hill' })])).toBe('ok')
      expect((await store.rooms()).sort()).toEqual(['hill', 'vale'])
    })

    test('of two that append the same seq at once exactly one wins', async () => {
      const tries = Array.from({ length: 20 }, (_, i) => store.append([row(1, { key: `try${i}` })]))
      const answers = await Promise.all(tries)
      expect(answers.filter(a => a === 'ok')).toHaveLength(1)
      expect(await store.read('vale', 0)).toHaveLength(1)
    })

    test('takes a batch larger than one statement', async () => {
      const rows = Array.from({ length: 2500 }, (_, i) => row(i + 1))
      expect(await store.append(rows)).toBe('ok')
      expect(await store.read('vale', 0)).toHaveLength(2500)
      expect(await store.append([row(2501), row(17, { key: 'again' })])).toBe('conflict')
      expect(await store.read('vale', 2500)).toEqual([])
    })

    test('has an epoch', async () => {
      expect(await store.epoch()).toMatch(/^[a-z0-9]+$/)
    })
  })
}
