import { computed, reactive, watch } from 'vue'
import type { Account, AccountPatch, PersonRole } from '../../../server/contract/accounts.ts'

/** An account as it stands in the form, and what of it differs from what is kept; null = nothing. */
export function usePatch(account: () => Account) {
  const held = () => {
    const { name, role, team, township } = account()
    return { name, role: role as PersonRole, team: team ?? '', township: township ?? '' }
  }
  const form = reactive(held())
  // As it is kept, whenever that changes; the table is read again and again, and typing stays.
  watch(
    () => JSON.stringify(held()),
    () => Object.assign(form, held()),
  )
  const patch = computed((): AccountPatch | null => {
    const before = held()
    const next: AccountPatch = {}
    const place = (text: string) => (form.role === 'field' && text ? text : null)
    if (form.name.trim() !== before.name) next.name = form.name
    if (account().kind === 'person') {
      if (form.role !== before.role) next.role = form.role
      if ((place(form.team) ?? '') !== before.team) next.team = place(form.team)
      if ((place(form.township) ?? '') !== before.township) next.township = place(form.township)
    }
    return Object.keys(next).length > 0 ? next : null
  })
  return { form, patch }
}
