import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { findPostgres, startPostgres } from './postgres.fixture.ts'
import type { RunningPostgres } from './postgres.fixture.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for the run's PostgreSQL; empty when none is installed. */
    postgresDoor: string
  }
}

/** One PostgreSQL for a whole run of tests, started when the first file asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const bin = findPostgres()
  if (!bin) {
    project.provide('postgresDoor', '')
    return async () => {}
  }
  let started: Promise<RunningPostgres> | undefined
  const door = createServer((_, answer) => {
    started ??= startPostgres(bin)
    started.then(
      ({ url }) => answer.end(url),
      e => answer.writeHead(500).end(String(e)),
    )
  })
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  project.provide('postgresDoor', `http://127.0.0.1:${(door.address() as { port: number }).port}`)
  return async () => {
    door.close()
    const running = await started?.catch(() => null)
    await running?.stop()
  }
}
