import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['server', 'scripts', 'geodata']
/** What a test takes its databases from. */
const FIXTURE = /from '[^']*postgres\.database\.fixture\.ts'/

/** The tests that leave something out where there is no PostgreSQL, as paths from the project's root. */
export function testsWithPostgres(root: string): string[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.test.ts'))
      .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter(path => FIXTURE.test(readFileSync(join(root, path), 'utf8'))),
  )
}
