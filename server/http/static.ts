import type { Context } from 'hono'
import { readFile, readdir, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Env } from './context.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

interface Listing {
  stamp: number
  paths: Map<string, string>
}

/**
 * Serves a folder by the list of what lies in it; any other path gets `index.html`, so that the client's own
 * routes work on reload. The list is made again when `index.html` is newer.
 */
export function serveFolder(folder: string) {
  let listing: Listing | null = null

  const list = async (): Promise<Listing> => {
    const { mtimeMs: stamp } = await stat(join(folder, 'index.html'))
    if (listing?.stamp === stamp) return listing
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter(e => e.isFile()).map(e => join(e.parentPath ?? e.path, e.name))
    listing = { stamp, paths: new Map(files.map(f => [`/${relative(folder, f).split(sep).join('/')}`, f])) }
    return listing
  }

  return async (c: Context<Env>): Promise<Response | null> => {
    const { paths } = await list().catch(() => ({ paths: new Map<string, string>() }))
    const named = paths.get(decoded(c.req.path))
    // A missing asset is a missing asset, not the page.
    const path = named ?? (extname(c.req.path) ? undefined : paths.get('/index.html'))
    if (!path) return null
    c.header('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
    const hashed = c.req.path.startsWith('/assets/')
    c.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    return c.body(await readFile(path))
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
