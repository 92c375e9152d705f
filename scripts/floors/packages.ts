import { TEST_FILE } from './areas.ts'
import type { Files } from './floors.ts'
import { importsOf, parseScript } from './imports.ts'

export interface Package {
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

/** Needed though nothing imports them, each with its reason. */
const SILENT: Record<string, string> = {
  '@hono/standard-validator': 'peer of hono-openapi, which does not bring it',
  '@types/node': 'types of node:',
  'happy-dom': 'environment of the client tests, named in vite.config.ts',
}
const STYLE = /@import\s+['"]([^'"]+)['"]/g

/** Packages that are declared and not used, or used and not declared. */
export function checkPackages(files: Files, { scripts, dependencies, devDependencies }: Package): string[] {
  const faults: string[] = []
  const used = new Set<string>()
  const declared = { ...dependencies, ...devDependencies }
  for (const [path, text] of files) {
    for (const target of targetsOf(path, text)) {
      const name = packageOf(target)
      if (!name) continue
      const types = `@types/${name.replace('@', '').replace('/', '__')}`
      used.add(name).add(types)
      if (!declared[name] && !declared[types]) {
        faults.push(`${path} imports ${name}, which package.json does not name.`)
      } else if (devDependencies[name] && name !== 'vitest' && isServed(path)) {
        faults.push(`${path} runs at \`npm start\` and imports ${name}, a devDependency.`)
      }
    }
  }
  const commands = Object.values(scripts).join(' ')
  for (const name of Object.keys(declared)) {
    const inScripts = new RegExp(`(^|[\\s&])${name}($|\\s)`).test(commands)
    if (!used.has(name) && !inScripts && !SILENT[name]) {
      faults.push(`package.json names ${name}, which nothing imports.`)
    }
  }
  return faults
}

const isServed = (path: string): boolean => /^(server|client|geodata)\//.test(path) && !TEST_FILE.test(path)

function targetsOf(path: string, text: string): string[] {
  if (path.endsWith('.css')) return [...text.matchAll(STYLE)].map(match => match[1]!)
  if (!/\.(ts|mjs|vue)$/.test(path)) return []
  const required = [...text.matchAll(/require(?:\.resolve|\(import\.meta\.url\)\.resolve)\('([^']+)'\)/gi)]
  const imports = importsOf(parseScript(path, text)).filter(i => !i.ours)
  return [...imports.map(i => i.target), ...required.map(match => match[1]!)]
}

function packageOf(specifier: string): string | undefined {
  if (/^(node:|virtual:|data:|https?:)/.test(specifier)) return
  return /^(@[^/]+\/)?[^/?]+/.exec(specifier)?.[0]
}
