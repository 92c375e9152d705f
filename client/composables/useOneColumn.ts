import { nextTick, watch, type WatchSource } from 'vue'

const isOneColumn = (): boolean => matchMedia('(max-width: 760px)').matches

/** Where the page is one column, what was asked for stands out of sight: it is brought into view as `asked` changes. */
export function useComesIntoView(element: () => Element | null | undefined, asked: WatchSource): void {
  watch(
    asked,
    async now => {
      await nextTick()
      if (now && isOneColumn()) element()?.scrollIntoView()
    },
    { immediate: true },
  )
}
