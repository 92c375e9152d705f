import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Account, AccountPatch, NewAccount, Session } from '../../server/contract/accounts.ts'
import type { FieldLinkFor } from '../api.ts'
import { useDeps } from '../deps.ts'
import { troubleOf, type Trouble } from '../trouble.ts'

/** Others make accounts too, and walls come and go. */
const REFRESH_MS = 10_000

/** An account with what is open of it. */
export interface AccountRow extends Account {
  open: Session[]
  /** Its last use, as far as a session of it is still open. */
  seenAt: string | null
}
export type Accounts = ReturnType<typeof useAccounts>
/** What a verb gives: what it made, or what stood in its way. */
export type Outcome<T> = { done: T } | { trouble: Trouble }

/** The accounts and their sessions, kept fresh, and what can be done with them. @param may whether they may be read */
export function useAccounts(may: () => boolean) {
  const { api } = useDeps()
  const accounts = shallowRef<readonly Account[]>([])
  const sessions = shallowRef<readonly Session[]>([])
  /** Why they could not be read. */
  const trouble = shallowRef<Trouble | null>(null)
  const [loaded, busy] = [ref(false), ref(false)]

  const rows = computed((): AccountRow[] => {
    const of = new Map<string, Session[]>()
    for (const session of sessions.value)
      of.set(session.account.id, [...(of.get(session.account.id) ?? []), session])
    return accounts.value.map(account => {
      const open = of.get(account.id) ?? []
      const seenAt =
        open
          .map(session => session.seenAt)
          .sort()
          .at(-1) ?? null
      return { ...account, open, seenAt }
    })
  })

  async function load(): Promise<void> {
    // Asked without the right the server would refuse and write it down, every time.
    if (!may()) return
    try {
      const [a, s] = await Promise.all([api.accounts(), api.sessions('all')])
      ;[accounts.value, sessions.value, trouble.value] = [a.accounts, s.sessions, null]
      loaded.value = true
    } catch (error) {
      trouble.value = troubleOf(error)
    }
  }
  const timer = setInterval(() => void load(), REFRESH_MS)
  onScopeDispose(() => clearInterval(timer))
  watch(may, load, { immediate: true })

  async function doing<T>(work: Promise<T>): Promise<Outcome<T>> {
    busy.value = true
    try {
      return { done: await work }
    } catch (error) {
      return { trouble: troubleOf(error) }
    } finally {
      await load()
      busy.value = false
    }
  }
  return {
    rows,
    trouble,
    loaded,
    busy,
    load,
    add: (account: NewAccount) => doing(api.addAccount(account)),
    change: (id: string, patch: AccountPatch) => doing(api.changeAccount(id, patch)),
    endSessions: (ids: readonly string[]) => doing(Promise.all(ids.map(id => api.endSession(id)))),
    pair: (code: string, name: string) => doing(api.confirmPairing(code, name)),
    makeLink: (link: FieldLinkFor) => doing(api.makeFieldLink(link)),
  }
}
