import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import './postgres.setup.fixture.ts'

/** Whether the run has a PostgreSQL; tests that need it are left out otherwise, and scripts/test.ts says so. */
export const hasPostgres = inject('postgresDoor') !== ''

/** The run's PostgreSQL itself. */
export async function postgresUrl(): Promise<string> {
  const answer = await fetch(inject('postgresDoor'))
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}

/** URL of a new, empty database. It goes with the server. */
export async function freshDatabase(): Promise<string> {
  const url = new URL(await postgresUrl())
  const name = `t${randomUUID().replaceAll('-', '')}`
  await asAdmin(url.href, `create database ${name} template template0`)
  url.pathname = `/${name}`
  return url.href
}

/** Runs a statement beside whatever else is connected. */
export async function asAdmin<T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows
  } finally {
    await client.end()
  }
}
