import type { ClosureKind } from '../../server/contract/closure.ts'
import type { ProfileName } from '../../server/contract/settings.ts'

export const CLOSURE_KINDS_ON_SCREEN: readonly ClosureKind[] = ['flood', 'landslide', 'collapse', 'other']
export const PROFILES_ON_SCREEN: readonly ProfileName[] = ['heavy', 'light', 'foot']
export const HOUR_MS = 3_600_000
