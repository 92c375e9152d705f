export interface Choice {
  projects: string[]
  /** What vitest gets beside the projects. */
  rest: string[]
  /** Journeys were meant and cannot run. */
  notRun: boolean
}

/**
 * Which projects run. `asked` is what stands after `npm test --`: parts of paths, options of vitest, and
 * `--project`. Journeys are left out where the paths name none of them, or where there is no browser.
 */
export function chooseProjects(asked: string[], journeyFiles: string[], browser: boolean): Choice {
  const named: string[] = []
  const paths: string[] = []
  const rest: string[] = []
  for (let i = 0; i < asked.length; i++) {
    const arg = asked[i]!
    if (arg === '--project') named.push(asked[++i] ?? '')
    else if (arg.startsWith('--project=')) named.push(arg.slice('--project='.length))
    else {
      rest.push(arg)
      // What follows an option may be its value.
      const option = asked[i - 1]?.startsWith('-') && !asked[i - 1]!.includes('=')
      if (!arg.startsWith('-') && !option) paths.push(arg)
    }
  }
  const wanted = named.length > 0 ? named : ['unit', 'client', 'journeys']
  const inPaths = paths.length === 0 || journeyFiles.some(file => paths.some(path => file.includes(path)))
  const meant = inPaths && wanted.includes('journeys')
  const projects = wanted.filter(name => name !== 'journeys' || (meant && browser))
  return { projects, rest, notRun: meant && !browser }
}
