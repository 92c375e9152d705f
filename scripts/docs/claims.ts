/** What a Markdown text says is there. */
export interface Claims {
  /** Files and folders from the project's root, as `server/algo` or `scripts/*.ts`. */
  paths: string[]
  /** Scripts of package.json. */
  commands: string[]
  /** Targets of links and pictures inside the project, as written. */
  links: string[]
  /** `GET /api/health`, from the rows of tables. */
  routes: string[]
}

const TOP = '(?:client|server|geodata|scripts|\\.ci)'
const PATH = new RegExp(`(?<![\\w./@-])${TOP}/[\\w./*-]*[\\w*/]`, 'g')
const COMMAND = /npm (?:run ([\w:-]+)|(test|start)\b)/g
const LINK = /\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"/g
const ROUTE = /^\| *`((?:GET|POST|PUT|PATCH|DELETE) \/[^`\s]*)`/gm

export function claimsOf(text: string): Claims {
  const links = all(text, LINK).filter(link => !/^(https?:|mailto:|#)/.test(link))
  return {
    paths: all(text.replace(/https?:\S+/g, ''), PATH),
    commands: all(text, COMMAND),
    links,
    routes: all(text, ROUTE),
  }
}

function all(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(match => match.slice(1).find(Boolean) ?? match[0])
  return [...new Set(found)]
}
