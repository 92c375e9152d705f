import { ref, watch } from 'vue'
import type { CommandInput } from '../../server/contract/commands.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { keyOf, useRecords } from '../stores/records.ts'
import { useWorld } from '../stores/world.ts'
import { troubleOf, type Trouble } from '../trouble.ts'

type Name = 'saveRecord' | 'removeRecord'
/** An answer whose change has not come back by then is believed all the same: it is kept, the line is slow. */
const ECHO_MS = 8000
/** Sent again unchanged, for its answer was lost: under the same key it happens once. */
let last: { text: string; key: string } | null = null

/** Saving and removing rows. `pending` until the row's own change has come back. */
export function useRecordEdits() {
  const { api, newId } = useDeps()
  const [county, records, world] = [useCounty(), useRecords(), useWorld()]
  const pending = ref(false)

  function folded(seq: number): Promise<void> {
    return new Promise(resolve => {
      const stop = watch(
        () => world.seq >= seq,
        done => done && end(),
      )
      const timer = setTimeout(end, ECHO_MS)
      function end(): void {
        stop()
        clearTimeout(timer)
        resolve()
      }
      if (world.seq >= seq) end()
    })
  }

  /** @returns what stood in the way; null when it is done */
  async function send<N extends Name>(name: N, input: CommandInput<N>): Promise<Trouble | null> {
    const text = JSON.stringify([name, input])
    const key = last?.text === text ? last.key : newId()
    last = { text, key }
    pending.value = true
    try {
      const { seq } = await api.command(county.county!.id, key, name, input)
      last = null
      await folded(seq)
      return null
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble.code !== 'server_away') last = null
      return trouble
    } finally {
      pending.value = false
    }
  }

  const save = (record: RegisterRecord, ifRev: number | null, note: string | null) =>
    send('saveRecord', { record, ifRev, note })
  const remove = ({ register, id }: { register: string; id: string }, ifRev: number, note: string | null) =>
    send('removeRecord', { register, id, ifRev, note })

  /** Puts an earlier version in place of the one there is now; null = the row as it was before it was there. */
  function putBack(
    row: { register: string; id: string },
    version: RegisterRecord | null,
    note: string,
  ): Promise<Trouble | null> {
    const rev = records.entity(keyOf(row))?.rev ?? null
    if (version) return save(version, rev, note)
    return rev === null ? Promise.resolve(null) : remove(row, rev, note)
  }
  return { pending, save, remove, putBack }
}
