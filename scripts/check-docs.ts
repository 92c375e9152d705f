import { fileURLToPath } from 'node:url'
import { checkMarkdown, checkReadme } from './docs/check.ts'
import { gatherFacts } from './docs/facts.ts'
import { readProject } from './floors/read.ts'

/** `npm run check-docs`: what the Markdown files name is there, and the README names every route. */
const root = fileURLToPath(new URL('..', import.meta.url))
const files = readProject(root)
const facts = await gatherFacts(root, files)
const faults = [...files].flatMap(([path, text]) =>
  path.endsWith('.md') ? checkMarkdown(path, text, facts) : [],
)
faults.push(...checkReadme(files.get('README.md') ?? '', facts))
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log(`README.md: ${facts.routes.length} routes, all paths and commands there`)
process.exitCode = faults.length > 0 ? 1 : 0
