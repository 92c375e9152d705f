import { inject, type InjectionKey } from 'vue'
import type { Api } from './api.ts'
import type { EngineClient } from './engine/client.ts'

/** What the page is wired with once, in main.ts; tests provide their own. */
export interface Deps {
  api: Api
  engine: EngineClient
  now(): Date
  newId(): string
}
export const DEPS: InjectionKey<Deps> = Symbol('deps')

export function useDeps(): Deps {
  const deps = inject(DEPS)
  if (!deps) throw new Error('DEPS not provided')
  return deps
}
