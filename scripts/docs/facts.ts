import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { noExchange, noPersons } from '../../server/http/app.fixture.ts'
import { authApp } from '../../server/http/auth.fixture.ts'
import type { Files } from '../floors/floors.ts'
import type { Facts } from './check.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export async function gatherFacts(root: string, files: Files): Promise<Facts> {
  const { scripts } = JSON.parse(files.get('package.json')!) as { scripts: Record<string, string> }
  return {
    exists: path => exists(root, path),
    scripts: Object.keys(scripts),
    routes: await documentedRoutes(),
    ci: files.get('.ci/run') ?? '',
  }
}

function exists(root: string, path: string): boolean {
  if (!path.includes('*')) return existsSync(join(root, path))
  const folder = join(root, dirname(path))
  const pattern = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
  return existsSync(folder) && readdirSync(folder).some(name => pattern.test(name))
}

/** Every route of the OpenAPI document, as `GET /api/health`. */
async function documentedRoutes(): Promise<string[]> {
  const app = await authApp({ exchange: noExchange, persons: noPersons })
  const answer = await app.get('/api/openapi.json')
  app.accounts.close()
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter(method => METHODS.includes(method))
      .map(method => `${method.toUpperCase()} ${path}`),
  )
}
