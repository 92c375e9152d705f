import { integer, primaryKey, sqliteTable, text as textColumn, unique } from 'drizzle-orm/sqlite-core'

export const FORMAT = '1'

/** The journal. Rows are only ever added. */
export const changes = sqliteTable(
  'changes',
  {
    room: textColumn().notNull(),
    seq: integer().notNull(),
    at: textColumn().notNull(),
    text: textColumn().notNull(),
    hash: textColumn().notNull(),
    actor: textColumn().notNull(),
    key: textColumn().notNull(),
  },
  t => [primaryKey({ columns: [t.room, t.seq] }), unique('changes_key').on(t.room, t.actor, t.key)],
)

/** `format` and `epoch`. */
export const meta = sqliteTable('meta', {
  name: textColumn().primaryKey(),
  value: textColumn().notNull(),
})

export const CREATE = [
  `create table if not exists changes (
    room text not null, seq integer not null, at text not null, text text not null,
    hash text not null, actor text not null, key text not null,
    primary key (room, seq), constraint changes_key unique (room, actor, key))`,
  `create table if not exists meta (name text primary key, value text not null)`,
]
