export const ACCOUNTS_FORMAT = '1'

/**
 * The tables of accounts, for SQLite and PostgreSQL alike. `user`, `session`, `account` and `verification` are
 * better-auth's, with our columns after its own; instants are ISO text and flags 0 or 1 in both. `session.token`
 * and `user.linkHash` are hashes. `trial` holds who must wait.
 */
export const CREATE_ACCOUNTS = [
  `create table if not exists "user" (
    "id" text primary key, "name" text not null, "email" text not null unique, "emailVerified" integer not null,
    "image" text, "createdAt" text not null, "updatedAt" text not null, "username" text unique,
    "role" text, "banned" integer, "banReason" text, "banExpires" text,
    "kind" text not null, "team" text, "township" text, "incident" text, "endsAt" text,
    "linkHash" text unique, "phones" integer)`,
  `create table if not exists "session" (
    "id" text primary key, "expiresAt" text not null, "token" text not null unique, "createdAt" text not null,
    "updatedAt" text not null, "ipAddress" text, "userAgent" text,
    "userId" text not null references "user" ("id") on delete cascade, "impersonatedBy" text)`,
  `create index if not exists "session_user" on "session" ("userId")`,
  `create table if not exists "account" (
    "id" text primary key, "accountId" text not null, "providerId" text not null,
    "userId" text not null references "user" ("id") on delete cascade,
    "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" text,
    "refreshTokenExpiresAt" text, "scope" text, "password" text, "createdAt" text not null,
    "updatedAt" text not null)`,
  `create index if not exists "account_user" on "account" ("userId")`,
  `create table if not exists "verification" (
    "id" text primary key, "identifier" text not null, "value" text not null, "expiresAt" text not null,
    "createdAt" text, "updatedAt" text)`,
  `create table if not exists "trial" ("key" text primary key, "failures" integer not null, "at" text not null)`,
  `create table if not exists "meta" ("name" text primary key, "value" text not null)`,
]
