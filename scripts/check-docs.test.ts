import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Facts, checkMarkdown, checkReadme } from './docs/check.ts'
import { gatherFacts } from './docs/facts.ts'
import { readProject } from './floors/read.ts'

const FACTS: Facts = {
  exists: path => ['server/algo', 'client/e2e/a.jpg', 'scripts/x.ts'].includes(path),
  scripts: ['test', 'start', 'bench'],
  routes: ['GET /api/health', 'POST /api/route'],
  ci: '{\n  npm ci && npm test\n}',
}

test('this project: what is written is there', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const files = readProject(root)
  const facts = await gatherFacts(root, files)
  const texts = [...files].filter(([path]) => path.endsWith('.md'))
  expect(texts.flatMap(([path, text]) => checkMarkdown(path, text, facts))).toEqual([])
  expect(checkReadme(files.get('README.md') ?? '', facts)).toEqual([])
}, 60_000)

test('a path, a picture, a command that are not there', () => {
  const text = '`server/algo` `server/old` ![a](client/e2e/a.jpg) ![b](b.jpg) npm start npm run gone'
  expect(checkMarkdown('README.md', text, FACTS)).toEqual([
    'README.md names server/old, which does not exist.',
    'README.md links to b.jpg, which does not exist.',
    'README.md names npm run gone, which package.json lacks.',
  ])
})

test('links are read from the file that holds them', () => {
  expect(
    checkMarkdown('scripts/README.md', '[x](x.ts#l) [y](../server/algo) [z](https://a.b)', FACTS),
  ).toEqual([])
})

test('routes both ways, and the command of CI', () => {
  const table = '| `GET /api/health` | x |\n| `GET /api/old` | y |\n'
  expect(checkReadme(table, FACTS)).toEqual([
    'README.md names GET /api/old, which the server lacks.',
    'README.md lacks POST /api/route in its table of the API.',
    'README.md lacks the line `npm ci && npm test`, which both must hold.',
  ])
})
