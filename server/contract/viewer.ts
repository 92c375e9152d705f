import { z } from 'zod'
import type { Text } from './errors.ts'

/** Who looks or acts. `guest` is whoever sits at the server itself before an administrator exists. */
export const ROLES = [
  'admin',
  'commander',
  'duty',
  'facilitator',
  'evaluator',
  'field',
  'wall',
  'reader',
  'guest',
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

export const ROLE_NAMES: Record<Role, Text> = {
  admin: { zh: '管理员', en: 'administrator' },
  commander: { zh: '指挥长', en: 'commander' },
  duty: { zh: '值班员', en: 'duty officer' },
  facilitator: { zh: '导调', en: 'facilitator' },
  evaluator: { zh: '评估', en: 'evaluator' },
  field: { zh: '队伍/乡镇', en: 'field' },
  wall: { zh: '大屏', en: 'wall' },
  reader: { zh: '只读', en: 'reader' },
  guest: { zh: '本机访客', en: 'guest of this machine' },
}

/** What may be asked for; a refusal names the one that is missing. */
export const RIGHTS = [
  'read',
  'plan',
  'readPersons',
  'closeRoads',
  'editRecords',
  'report',
  'runExercise',
  'evaluate',
  'command',
  'manageAccounts',
] as const
export type Right = (typeof RIGHTS)[number]

export const RIGHT_NAMES: Record<Right, Text> = {
  read: { zh: '查看', en: 'read' },
  plan: { zh: '全县测算', en: 'compute with all teams' },
  readPersons: { zh: '查看姓名和电话', en: 'see names and telephone numbers' },
  closeRoads: { zh: '封闭道路', en: 'close roads' },
  editRecords: { zh: '修改台账', en: 'edit registers' },
  report: { zh: '上报', en: 'report' },
  runExercise: { zh: '导调演练', en: 'run an exercise' },
  evaluate: { zh: '评估', en: 'evaluate' },
  command: { zh: '指挥', en: 'command' },
  manageAccounts: { zh: '管理账户', en: 'manage accounts' },
}

const DESK: readonly Right[] = ['read', 'plan', 'readPersons', 'closeRoads', 'editRecords', 'report']

/** Least right: each role has what its work needs. */
const RIGHTS_OF: Record<Role, readonly Right[]> = {
  admin: [...DESK, 'command', 'manageAccounts'],
  commander: [...DESK, 'command'],
  duty: DESK,
  facilitator: ['read', 'plan', 'runExercise'],
  evaluator: ['read', 'plan', 'evaluate'],
  field: ['read', 'report'],
  wall: ['read', 'plan'],
  reader: ['read', 'plan'],
  guest: ['read', 'plan', 'closeRoads'],
}
/** What a role may besides in an exercise, where nothing is real. */
const IN_EXERCISE: Partial<Record<Role, readonly Right[]>> = { facilitator: ['closeRoads', 'editRecords'] }

export const rightsOf = (role: Role, exercise = false): ReadonlySet<Right> =>
  new Set([...RIGHTS_OF[role], ...((exercise && IN_EXERCISE[role]) || [])])

/** The roles that have a right, as they are called. */
export function whoHas(right: Right, exercise = false): Text {
  const names = ROLES.filter(role => rightsOf(role, exercise).has(right)).map(role => ROLE_NAMES[role])
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

export const Viewer = z.object({
  /** Account, wall or token; `guest` for the guest. Stands in the journal as the actor. */
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Of the role `field`: whom it belongs to. */
  team: z.string().optional(),
  township: z.string().optional(),
  /** Of a field link: the one incident it is for. */
  incident: z.string().optional(),
})
export type Viewer = z.infer<typeof Viewer>

export const GUEST: Viewer = { id: 'guest', name: '本机 this machine', role: 'guest' }
