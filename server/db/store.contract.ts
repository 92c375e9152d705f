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
const rowsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => row(first + i))

/** Every character that JSON leaves as it is, and many that are easily lost on the way to a database. */
const ODD_TEXTS = [
  '{"名":"a\\u0000 \\n ü 🚒", "n":1.0}',
  '  leading, trailing \t\r\n',
  '\u0001\u0007\b\u001b\u007f\u0085\u200b\u2028\ufeff\uffff',
  '👩‍🚒 烽火台 é e\u0301 𠮷',
  `\\ \\\\ \\x41 ' '' " "" $1 :x ? % {} {"a","b"} NULL`,
  '县'.repeat(300_000),
]

/**
 * What every store does, whatever it keeps its rows in. `open` gives a journal that is empty; `reopen` another
 * connection to the journal that was opened last, null where there is only one.
 */
export function storeContract(
  name: string,
  open: () => Promise<Store>,
  reopen: (() => Promise<Store>) | null,
): void {
  describe(`store: ${name}`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    test('reads back what was appended, in order', async () => {
      expect(await store.append([row(1)])).toBe('ok')
      expect(await store.append([row(2), row(3)])).toBe('ok')
      expect(await store.read('vale', 0)).toEqual([row(1), row(2), row(3)])
      expect(await store.read('vale', 1)).toEqual([row(2), row(3)])
      expect(await store.read('vale', 1, 1)).toEqual([row(2)])
      expect(await store.read('vale', 3)).toEqual([])
      expect(await store.read('hill', 0)).toEqual([])
    })

    test('appending nothing is nothing', async () => {
      expect(await store.append([])).toBe('ok')
      expect(await store.rooms()).toEqual([])
    })

    test('keeps every text byte for byte, alone and among others', async () => {
      const odd = ODD_TEXTS.map((text, i) => row(i + 1, { text, actor: `甲${i}`, key: `“${i}” \\ '` }))
      expect(await store.append(odd.slice(0, 1))).toBe('ok')
      expect(await store.append(odd.slice(1))).toBe('ok')
      expect(await store.read('vale', 0)).toEqual(odd)
      for (const r of odd) expect(await store.find('vale', r.actor, r.key)).toEqual(r)
    })

    test.each(['a\0b', '\0', 'half \ud83d', '\ude92'])(
      'refuses %j, which would come back as another',
      async odd => {
        for (const bad of [{ key: odd }, { actor: odd }, { text: odd }, { room: odd }]) {
          await expect(store.append([row(1), row(2, bad)])).rejects.toThrow(RangeError)
        }
        expect(await store.read('vale', 0)).toEqual([])
      },
    )

    test('a taken seq is a conflict and writes nothing', async () => {
      await store.append([row(1)])
      expect(await store.append([row(2), row(1, { key: 'other' })])).toBe('conflict')
      expect(await store.append([row(1, { key: 'other' })])).toBe('conflict')
      expect(await store.append([row(2), row(2, { key: 'other' })])).toBe('conflict')
      expect(await store.read('vale', 0)).toEqual([row(1)])
    })

    test('a key is taken per room and actor', async () => {
      await store.append([row(1)])
      expect(await store.append([row(2, { key: 'k1' })])).toBe('conflict')
      expect(await store.append([row(2), row(3, { key: 'k2' })])).toBe('conflict')
      expect(await store.append([row(2, { key: 'k1', actor: 'other' })])).toBe('ok')
      expect(await store.append([row(1, { room: 'hill' })])).toBe('ok')
      expect((await store.rooms()).sort()).toEqual(['hill', 'vale'])
    })

    test('finds what a key was used for', async () => {
      await store.append([row(1), row(2, { actor: 'other', key: 'k1' }), row(1, { room: 'hill' })])
      expect(await store.find('vale', 'guest', 'k1')).toEqual(row(1))
      expect(await store.find('vale', 'other', 'k1')).toEqual(row(2, { actor: 'other', key: 'k1' }))
      expect(await store.find('vale', 'guest', 'k2')).toBeNull()
      expect(await store.find('dale', 'guest', 'k1')).toBeNull()
    })

    test('of many that append the same seq at once exactly one wins', async () => {
      const tries = Array.from({ length: 20 }, (_, i) => store.append([row(1, { key: `try${i}` })]))
      const answers = await Promise.all(tries)
      expect(answers.filter(a => a === 'ok')).toHaveLength(1)
      expect(await store.read('vale', 0)).toHaveLength(1)
    })

    test('takes 5,000 rows at once, or none of them', async () => {
      expect(await store.append(rowsFrom(1, 5000))).toBe('ok')
      expect(await store.read('vale', 0)).toEqual(rowsFrom(1, 5000))
      expect(await store.append([...rowsFrom(5001, 4999), row(17, { key: 'again' })])).toBe('conflict')
      expect(await store.read('vale', 5000)).toEqual([])
    })

    test('tells the last change up to an instant', async () => {
      const at = (s: number) => `2026-01-01T00:00:0${s}.500Z`
      await store.append([1, 2, 2, 2, 5].map((s, i) => row(i + 1, { at: at(s) })))
      const asked = ['00', '01.499', '01.500', '02.5', '04', '05.5', '09'].map(s => `2026-01-01T00:00:${s}Z`)
      expect(await Promise.all(asked.map(a => store.seqAt('vale', a)))).toEqual([0, 0, 1, 4, 4, 5, 5])
      expect(await store.seqAt('vale', '2026-01-01T08:00:02.500+08:00')).toBe(4)
      expect(await store.seqAt('hill', at(9))).toBe(0)
      await expect(store.seqAt('vale', 'yesterday')).rejects.toThrow(RangeError)
    })

    test('keeps one snapshot of a room, the newest that is of this journal', async () => {
      await store.append([row(1), row(2), row(3), row(1, { room: 'hill' })])
      const kept = (seq: number, hash = `h${seq}`) => ({ seq, hash, text: `{"world":"${seq} 🚒"}` })
      expect(await store.snapshot('vale')).toBeNull()
      await store.keepSnapshot('vale', kept(2))
      expect(await store.snapshot('vale')).toEqual(kept(2))
      await store.keepSnapshot('vale', kept(1))
      expect(await store.snapshot('vale')).toEqual(kept(2))
      await store.keepSnapshot('vale', kept(3))
      expect(await store.snapshot('vale')).toEqual(kept(3))
      expect(await store.snapshot('hill')).toBeNull()
    })

    test('a snapshot that is not of this journal is none, and is replaced by an older one that is', async () => {
      await store.append([row(1), row(2)])
      for (const alien of [
        { seq: 9, hash: 'h9', text: '' },
        { seq: 2, hash: 'other', text: '' },
      ]) {
        await store.keepSnapshot('vale', alien)
        expect(await store.snapshot('vale')).toBeNull()
      }
      await store.keepSnapshot('vale', { seq: 1, hash: 'h1', text: 'x' })
      expect(await store.snapshot('vale')).toEqual({ seq: 1, hash: 'h1', text: 'x' })
    })

    test('keeps worlds of the past: the nearest up to a seq that is of this journal, and lets some go', async () => {
      await store.append(rowsFrom(1, 9))
      const kept = (seq: number, hash = `h${seq}`) => ({ seq, hash, text: `world ${seq} 🚒` })
      expect([await store.past('vale', 9), await store.pastSeqs('vale')]).toEqual([null, []])
      for (const seq of [2, 5, 7]) await store.keepPast('vale', kept(seq), [])
      expect(await store.pastSeqs('vale')).toEqual([2, 5, 7])
      expect(await Promise.all([1, 2, 6, 9].map(seq => store.past('vale', seq)))).toEqual([
        null,
        kept(2),
        kept(5),
        kept(7),
      ])
      await store.keepPast('vale', kept(8, 'of another journal'), [2, 5])
      expect(await store.pastSeqs('vale')).toEqual([7, 8])
      expect([await store.past('vale', 9), await store.past('vale', 6)]).toEqual([kept(7), null])
      expect([await store.past('hill', 9), await store.pastSeqs('hill')]).toEqual([null, []])
    })

    test('a probe leaves the journal as it is, however often', async () => {
      await store.append([row(1)])
      const epoch = await store.epoch()
      await Promise.all([store.probe(), store.probe()])
      await store.probe()
      expect([await store.read('vale', 0), await store.rooms(), await store.epoch()]).toEqual([
        [row(1)],
        ['vale'],
        epoch,
      ])
    })

    test('has an epoch', async () => {
      expect(await store.epoch()).toMatch(/^[a-z0-9]+$/)
    })

    if (!reopen) return

    test('a failed append leaves nothing behind, and the next one goes on', async () => {
      await expect(store.append([row(1), row(2, { text: null as never })])).rejects.toThrow()
      expect(await store.read('vale', 0)).toEqual([])
      expect(await store.append([row(1), row(2)])).toBe('ok')
    })

    test('rows, snapshot and epoch are there when it is opened again', async () => {
      await store.append([row(1), row(2)])
      await store.keepSnapshot('vale', { seq: 2, hash: 'h2', text: '{}' })
      const epoch = await store.epoch()
      await store.close()
      store = await reopen()
      expect(await store.read('vale', 0)).toEqual([row(1), row(2)])
      expect(await store.find('vale', 'guest', 'k2')).toEqual(row(2))
      expect(await store.snapshot('vale')).toEqual({ seq: 2, hash: 'h2', text: '{}' })
      expect(await store.epoch()).toBe(epoch)
      expect(await store.append([row(2, { key: 'other' })])).toBe('conflict')
    })

    test('of two connections that race for every seq exactly one wins each', async () => {
      const other = await reopen()
      try {
        const race = async (mine: Store, who: string) => {
          const won: number[] = []
          for (let seq = 1; seq <= 40; seq++) {
            // Odd ones as a batch, which takes another way than a single row.
            const rows = seq % 2 ? [row(seq, { key: `${who}${seq}` })] : rowsOf(who, seq)
            if ((await mine.append(rows)) === 'ok') won.push(seq)
          }
          return won
        }
        const rowsOf = (who: string, seq: number) => [
          row(seq, { key: `${who}${seq}` }),
          row(seq, { key: `${who}${seq}`, room: 'hill' }),
        ]
        const [a, b] = await Promise.all([race(store, 'a'), race(other, 'b')])
        expect([...a, ...b].sort((x, y) => x - y)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
        const rows = await other.read('vale', 0)
        expect(rows).toEqual(await store.read('vale', 0))
        expect(rows.map(r => r.key)).toEqual(rows.map(({ seq }) => `${a.includes(seq) ? 'a' : 'b'}${seq}`))
      } finally {
        await other.close()
      }
    })
  })
}
