import { posix } from 'node:path'
import { claimsOf } from './claims.ts'

/** What is really there. */
export interface Facts {
  /** Whether a path from the project's root exists; `*` stands for any part of a name. */
  exists(path: string): boolean
  scripts: readonly string[]
  /** `GET /api/health` … */
  routes: readonly string[]
  /** Text of the program that tests a clean checkout. */
  ci: string
}

const TEST_COMMAND = 'npm ci && npm test'

/** One sentence for each thing that a Markdown file names and that is not there. */
export function checkMarkdown(path: string, text: string, { exists, scripts }: Facts): string[] {
  const { paths, commands, links } = claimsOf(text)
  const at = (link: string) => posix.join(posix.dirname(path), link.replace(/#.*$/, ''))
  return [
    ...paths.filter(p => !exists(p)).map(p => `${path} names ${p}, which does not exist.`),
    ...links.filter(l => !exists(at(l))).map(l => `${path} links to ${l}, which does not exist.`),
    ...commands
      .filter(c => !scripts.includes(c))
      .map(c => `${path} names npm run ${c}, which package.json lacks.`),
  ]
}

/** What only the README must say: every route of the server and no other, and the command that CI runs. */
export function checkReadme(text: string, { routes, ci }: Facts): string[] {
  const named = claimsOf(text).routes
  const faults = [
    ...named.filter(r => !routes.includes(r)).map(r => `README.md names ${r}, which the server lacks.`),
    ...routes.filter(r => !named.includes(r)).map(r => `README.md lacks ${r} in its table of the API.`),
  ]
  for (const [name, body] of [
    ['README.md', text],
    ['.ci/run', ci],
  ]) {
    const stands = body!.split('\n').some(line => line.trim() === TEST_COMMAND)
    if (!stands) faults.push(`${name} lacks the line \`${TEST_COMMAND}\`, which both must hold.`)
  }
  return faults
}
