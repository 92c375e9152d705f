import { z } from 'zod'
import { RIGHTS, Role, Viewer } from './viewer.ts'

/** What a person's account may be; walls, field links and tokens come about in ways of their own. */
export const PersonRole = Role.exclude(['wall', 'guest'])
export type PersonRole = z.infer<typeof PersonRole>
export const PERSON_ROLES = PersonRole.options

/** What signs in: a person by a password, a wall by a code, a phone by a link, a program by a token. */
export const KINDS = ['person', 'wall', 'field', 'token'] as const
export const Kind = z.enum(KINDS)
export type Kind = z.infer<typeof Kind>

const Name = z.string().trim().min(1).max(40)
/** Their rules are checked where accounts are made, so that signing in tells nothing of them. */
const Username = z.string().min(1).max(64)
const Password = z.string().min(1).max(256)
const Secret = z.string().min(1).max(128)
const Place = z.string().trim().min(1).max(64)
const Instant = z.iso.datetime()

export const SetupRequest = z.strictObject({
  token: Secret,
  username: Username,
  name: Name,
  password: Password,
})
export const SignInRequest = z.strictObject({ username: Username, password: Password })
export const PasswordRequest = z.strictObject({ password: Password, newPassword: Password })

export const Me = z.object({ viewer: Viewer, rights: z.array(z.enum(RIGHTS)), administrator: z.boolean() })
export type Me = z.infer<typeof Me>

export const Session = z.object({
  id: z.string(),
  account: z.object({ id: z.string(), name: z.string(), role: Role, kind: Kind }),
  createdAt: Instant,
  /** Last use, to within five minutes; of a wall to within a day. */
  seenAt: Instant,
  /** null = never ends by itself. */
  expiresAt: Instant.nullable(),
  address: z.string(),
  agent: z.string(),
  /** The one that asks. */
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const Account = z.object({
  id: z.string(),
  kind: Kind,
  username: z.string().nullable(),
  name: z.string(),
  role: Role,
  team: z.string().nullable(),
  township: z.string().nullable(),
  incident: z.string().nullable(),
  disabled: z.boolean(),
  createdAt: Instant,
  /** Of field links and tokens. */
  expiresAt: Instant.nullable(),
  /** How many sessions are open. */
  sessions: z.number().int(),
})
export type Account = z.infer<typeof Account>

export const NewAccount = z.strictObject({
  username: Username,
  name: Name,
  role: PersonRole,
  password: Password,
  team: Place.optional(),
  township: Place.optional(),
})
export type NewAccount = z.infer<typeof NewAccount>

/** Of a wall, a field link or a token only `name` and `disabled` can be changed. */
export const AccountPatch = z.strictObject({
  name: Name.optional(),
  role: PersonRole.optional(),
  team: Place.nullable().optional(),
  township: Place.nullable().optional(),
  disabled: z.boolean().optional(),
  password: Password.optional(),
})
export type AccountPatch = z.infer<typeof AccountPatch>

export const Pairing = z.object({ id: z.string(), code: z.string(), expiresAt: Instant })
export type Pairing = z.infer<typeof Pairing>
export const PairingState = z.object({ status: z.enum(['pending', 'paired', 'expired']) })
export const PairingConfirm = z.strictObject({ code: z.string().min(1).max(32), name: Name })

export const FieldLinkRequest = z
  .strictObject({
    team: Place.optional(),
    township: Place.optional(),
    incident: Place.optional(),
    expiresAt: Instant,
    /** How many phones may open it. */
    phones: z.number().int().min(1).max(50).default(10),
  })
  .refine(link => (link.team === undefined) !== (link.township === undefined), {
    message: 'one of team and township',
  })
export type FieldLinkRequest = z.infer<typeof FieldLinkRequest>
export const FieldLink = z.object({ id: z.string(), url: z.string(), expiresAt: Instant })
export type FieldLink = z.infer<typeof FieldLink>
export const FieldExchange = z.strictObject({ secret: Secret })
