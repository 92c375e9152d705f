import { integer, pgTable, primaryKey, text as textColumn, unique } from 'drizzle-orm/pg-core'

export const FORMAT = '1'

/** The journal. Rows are only ever added. */
export const changes = pgTable(
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

/** The newest of each room; may be emptied. */
export const snapshots = pgTable('snapshots', {
  room: textColumn().primaryKey(),
  seq: integer().notNull(),
  hash: textColumn().notNull(),
  text: textColumn().notNull(),
})

/** `format` and `epoch`. */
export const meta = pgTable('meta', {
  name: textColumn().primaryKey(),
  value: textColumn().notNull(),
})

/** Texts compare by their bytes whatever the database's language: instants do as instants. */
export const CREATE = `
  create table if not exists changes (
    room text collate "C" not null, seq integer not null, at text collate "C" not null,
    text text not null, hash text not null, actor text collate "C" not null, key text collate "C" not null,
    primary key (room, seq), constraint changes_key unique (room, actor, key));
  create table if not exists snapshots (
    room text collate "C" primary key, seq integer not null, hash text not null, text text not null);
  create table if not exists past (
    room text collate "C" not null, seq integer not null, hash text not null, text text not null,
    primary key (room, seq));
  create table if not exists meta (name text primary key, value text not null)`

/**
 * Advisory locks of Fengtu on a database: making its tables; a server at work (shared) or a restore (alone); a
 * batch of changes of accounts.
 */
export const LOCK_TABLES = 705_201
export const LOCK_SERVING = 705_202
export const LOCK_ACCOUNTS = 705_203

/** Told in the transaction of each append: `SENDER ROOM`. */
export const CHANNEL = 'fengtu_changes'
