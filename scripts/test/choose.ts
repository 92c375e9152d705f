export interface Choice {
  projects: string[]
  /** What vitest gets beside the projects. */
  rest: string[]
  /** What was meant and cannot run. */
  notRun: Needy[]
}

/** Tests that need a program which may not be installed. */
export type Needy = 'journeys' | 'postgres' | 'gdal'

/**
 * Which projects run. `files` names the tests that need a program, `has` says whether it is there. `asked` is
 * what stands after `npm test --`: parts of paths, options of vitest, and `--project`. Journeys are left out where the paths name none of them, or where there is no browser.
 */
export function chooseProjects(
  asked: string[],
  files: Record<Needy, string[]>,
  has: Record<Needy, boolean>,
): Choice {
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
  const meant = (needy: Needy, project: string) =>
    wanted.includes(project) &&
    (paths.length === 0 || files[needy].some(file => paths.some(path => file.includes(path))))
  const journeys = meant('journeys', 'journeys')
  const projects = wanted.filter(name => name !== 'journeys' || (journeys && has.journeys))
  const notRun: Needy[] = []
  if (journeys && !has.journeys) notRun.push('journeys')
  for (const needy of ['postgres', 'gdal'] as const)
    if (meant(needy, 'unit') && !has[needy]) notRun.push(needy)
  return { projects, rest, notRun }
}
