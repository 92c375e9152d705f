import type { Kind } from '../../server/contract/accounts.ts'
import { rightsOf, ROLE_NAMES, type Role } from '../../server/contract/viewer.ts'
import { useRowNames } from './useRowNames.ts'
import { useWords } from './useWords.ts'

/** What a role is called, what it may do, and to whom an account belongs. */
export function useRoleWords() {
  const { t, say, lang } = useWords()
  const { nameOfKey } = useRowNames()
  const roleName = (role: Role): string => {
    const name = say(ROLE_NAMES[role])
    return name[0]!.toUpperCase() + name.slice(1)
  }
  const mayOf = (role: Role): string => {
    const rights = [...rightsOf(role)].map(right => t(`rights.${right}`))
    return rights.length > 0
      ? t('accounts.may', { rights: rights.join(lang.value === 'zh' ? '、' : ', ') })
      : t('accounts.mayNothing')
  }
  const belongsTo = ({ team, township }: { team?: string | null; township?: string | null }): string => {
    if (team) return nameOfKey(`teams/${team}`)
    return township ? nameOfKey(`townships/${township}`) : ''
  }
  /** A person's role; of what is no person, what it is. */
  const whatIs = ({ kind, role }: { kind: Kind; role: Role }): string =>
    kind === 'person' ? roleName(role) : t(`accounts.is.${kind}`)
  return { roleName, mayOf, belongsTo, whatIs }
}
