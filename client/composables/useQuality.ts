import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import { REGISTERS } from '../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { useDeps } from '../deps.ts'
import { useCounty } from '../stores/county.ts'
import { useRecords } from '../stores/records.ts'
import { STALE_DAYS, UNTRIED_DAYS } from '../ui/stale.ts'
import { troubleOf, type Trouble } from '../trouble.ts'
import * as checks from './registers/quality.ts'
import type { Finding } from './registers/quality.ts'
import { useClock } from './useClock.ts'

const KEPT = 'fengtu.quality'
const HOUR_MS = 3_600_000
/** Farther than this from any road a row counts as on none. */
export const OFF_ROAD_M = 500
/** How far the nearest road of such a row is looked for, to say how far it is. */
const LOOK_M = 20_000
/** Few enough that a question about a point need not wait for more than a moment. */
const BATCH = 40

function keptDays(): { old: number; untried: number } {
  const standard = { old: STALE_DAYS, untried: UNTRIED_DAYS }
  try {
    return { ...standard, ...JSON.parse(globalThis.localStorage?.getItem(KEPT) ?? '{}') }
  } catch {
    return standard
  }
}

/** What is amiss in the registers, check by check; kept up to date as they change. */
export const useQuality = defineStore('quality', () => {
  const [county, records] = [useCounty(), useRecords()]
  const days = ref(keptDays())
  watch(days, kept => globalThis.localStorage?.setItem(KEPT, JSON.stringify(kept)), { deep: true })
  const now = useClock(undefined, HOUR_MS)
  const all = computed((): checks.Rows[] =>
    REGISTERS.map(register => ({ register, rows: records.byRegister.get(register.key) ?? [] })),
  )
  return {
    days,
    unplaced: computed(() => checks.unplaced(all.value)),
    old: computed(() => checks.olderThan(all.value, days.value.old, now.value)),
    untried: computed(() => checks.untried(all.value, days.value.untried, now.value)),
    outside: computed(() => checks.outside(all.value, county.data?.border ?? null)),
    wayOut: computed(() => checks.waysThroughHazard(all.value)),
    missing: computed(() => checks.missing(all.value)),
    twice: computed(() => checks.twice(all.value)),
  }
})

/** Metres to the nearest road, by the row as it stands: a row that moves is a new one. */
const roadOf = new WeakMap<RegisterRecord, number | null>()

/** Rows far from every road, asked of the browser's own engine in batches. */
export function useOffRoad() {
  const { engine } = useDeps()
  const [county, records] = [useCounty(), useRecords()]
  const found = shallowRef<Finding[] | null>(null)
  const done = ref(0)
  const total = ref(0)
  const trouble = shallowRef<Trouble | null>(null)
  let run = 0

  async function metresTo(record: RegisterRecord): Promise<number | null> {
    const near = await engine.call('nearestRoad', { at: record.at!, maxM: OFF_ROAD_M })
    const road = near ?? (await engine.call('nearestRoad', { at: record.at!, maxM: LOOK_M }))
    return road?.distanceM ?? null
  }
  const isFar = (metres: number | null | undefined): boolean => metres === null || metres! > OFF_ROAD_M

  async function look(): Promise<void> {
    const mine = ++run
    const rows = records.all.filter(record => record.at !== null)
    const open = rows.filter(record => !roadOf.has(record))
    total.value = rows.length
    done.value = rows.length - open.length
    trouble.value = null
    try {
      for (let i = 0; i < open.length; i += BATCH) {
        const batch = open.slice(i, i + BATCH)
        const metres = await Promise.all(batch.map(metresTo))
        batch.forEach((record, k) => roadOf.set(record, metres[k]!))
        if (mine !== run) return
        done.value += batch.length
      }
    } catch (error) {
      if (mine === run) trouble.value = troubleOf(error)
      return
    }
    found.value = rows
      .filter(record => isFar(roadOf.get(record)))
      .map((record): Finding => ({ record, metres: roadOf.get(record)! }))
      .sort((a, b) => (b.metres ?? Infinity) - (a.metres ?? Infinity) || 0)
  }
  watch([() => county.computing, () => records.all], ([ready]) => ready && void look(), { immediate: true })
  return { found, done, total, trouble }
}
