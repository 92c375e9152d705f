import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How many rows of a height fit into an element, kept true as its size changes: rows go, they are never cut. */
export function useRoom(element: Readonly<Ref<HTMLElement | null>>, rowPx: () => number) {
  const rows = ref(0)
  const measure = () => {
    const height = element.value?.clientHeight ?? 0
    rows.value = Math.floor(height / Math.max(1, rowPx()))
  }
  let observer: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver(measure)
    if (element.value) observer.observe(element.value)
    measure()
  })
  onBeforeUnmount(() => observer?.disconnect())
  return rows
}
