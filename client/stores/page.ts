import { defineStore } from 'pinia'
import { ref } from 'vue'

export const PAGES = ['desk', 'setup', 'sign-in', 'accounts', 'wall', 'field'] as const
export type Page = (typeof PAGES)[number]

/** `/accounts` → accounts, `/wall/watch` → wall; what is no page of its own is the desk. */
export function pageOf(path: string): Page {
  const name = path.replace(/^\/|\/$/g, '').replace(/^wall\/[\w-]*$/, 'wall')
  return PAGES.find(page => page === name) ?? 'desk'
}

const layoutIn = (path: string): string => /^\/wall\/([\w-]+)\/?$/.exec(path)?.[1] ?? ''

/** Which page the address names. The server answers every one of them with the same document. */
export const usePage = defineStore('page', () => {
  const at = ref<Page>(pageOf(location.pathname))
  /** Of a wall: what it shows. */
  const layout = ref(layoutIn(location.pathname))
  const read = () => {
    at.value = pageOf(location.pathname)
    layout.value = layoutIn(location.pathname)
  }
  window.addEventListener('popstate', read)

  /** The query (`?county=`) stays; a fragment never does. */
  function go(page: Page, how: 'push' | 'replace' = 'push'): void {
    const url = (page === 'desk' ? '/' : `/${page}`) + location.search
    if (how === 'push') history.pushState(null, '', url)
    else history.replaceState(null, '', url)
    at.value = page
  }
  return { at, layout, go }
})
