import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './floors.ts'

/** Made, fetched or kept out of the history (see .gitignore). */
const SKIPPED = new Set(['node_modules', '.git', '.fengtu', 'dist', 'coverage'])
const BINARY = /\.(png|jpe?g|webp|ico|woff2?|pbf|mbtiles|sqlite|graph|zip|tif|gz|log)$/i

/** Every text file of the project but the lock file, which npm writes. */
export function readProject(root: string): Files {
  const files = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (SKIPPED.has(entry.name) || entry.name === 'package-lock.json') continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && !BINARY.test(entry.name))
        files.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  walk('')
  return files
}
