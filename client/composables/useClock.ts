import { onScopeDispose, ref, type Ref } from 'vue'

/** The time of day, moving once a second; one interval per user of it. */
export function useClock(now: () => Date = () => new Date(), everyMs = 1000): Ref<Date> {
  const time = ref(now())
  const timer = setInterval(() => (time.value = now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return time
}
