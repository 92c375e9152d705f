/**
 * What is kept beside the journal, accounts and what is known of persons, as plain rows: the same in SQLite and
 * in PostgreSQL, and as they stand in a backup.
 */
export type KeptRow = Record<string, string | number | null>
export type KeptTable = keyof typeof KEPT_COLUMNS
export type Kept = Record<KeptTable, KeptRow[]>

/** In the order in which they are written: what is referred to comes first. */
export const KEPT_COLUMNS = {
  user: [
    'id',
    'name',
    'email',
    'emailVerified',
    'image',
    'createdAt',
    'updatedAt',
    'username',
    'role',
    'banned',
    'banReason',
    'banExpires',
    'kind',
    'team',
    'township',
    'incident',
    'endsAt',
    'linkHash',
    'phones',
  ],
  account: [
    'id',
    'accountId',
    'providerId',
    'userId',
    'accessToken',
    'refreshToken',
    'idToken',
    'accessTokenExpiresAt',
    'refreshTokenExpiresAt',
    'scope',
    'password',
    'createdAt',
    'updatedAt',
  ],
  session: [
    'id',
    'expiresAt',
    'token',
    'createdAt',
    'updatedAt',
    'ipAddress',
    'userAgent',
    'userId',
    'impersonatedBy',
  ],
  persons: ['room', 'register', 'id', 'json', 'at', 'saved_by'],
} as const satisfies Record<string, readonly string[]>

export const KEPT_TABLES = Object.keys(KEPT_COLUMNS) as KeptTable[]
export const ACCOUNT_TABLES = ['user', 'account', 'session'] as const satisfies KeptTable[]

export const nothingKept = (): Kept => ({ user: [], account: [], session: [], persons: [] })

/** Its columns, as a statement names them. */
export const listOf = (table: KeptTable): string => KEPT_COLUMNS[table].map(name => `"${name}"`).join(', ')

/** How a table is named where it stands. */
type Named = (table: KeptTable) => string
const plain: Named = table => `"${table}"`

/** People sign in again after a restore: a session that was ended since must not come back. */
const which = (table: KeptTable, named: Named): string =>
  table === 'session' ? `where "userId" in (select "id" from ${named('user')} where "kind" <> 'person')` : ''

export const selectKept = (table: KeptTable, named = plain): string =>
  `select ${listOf(table)} from ${named(table)} ${which(table, named)} order by 1, 2, 3`

/** To be followed by what gives the values. */
export const insertKept = (table: KeptTable, named = plain): string =>
  `insert into ${named(table)} (${listOf(table)})`
