export const PARTS = ['kills', 'soak', 'counties', 'bench'] as const
export type Part = (typeof PARTS)[number]

export interface EnduranceArguments {
  parts: Part[]
  minutes: number
  rounds: number
  /** Counties are made of the seeds 1 … seeds. */
  seeds: number
}

export const USAGE =
  '用法 / usage: npm run endurance -- [--only kills|soak|counties|bench] [--minutes 5] [--rounds 50] [--seeds 20]'

/** Undefined when the arguments will not do. */
export function readArguments(args: readonly string[]): EnduranceArguments | undefined {
  const found: EnduranceArguments = { parts: [...PARTS], minutes: 5, rounds: 50, seeds: 20 }
  for (let i = 0; i < args.length; i += 2) {
    const [option, value = ''] = [args[i], args[i + 1]]
    const part = PARTS.find(p => p === value)
    const number = Number(value)
    if (option === '--only' && part) found.parts = [part]
    else if (option === '--minutes' && number > 0 && number <= 10_000) found.minutes = number
    else if (option === '--rounds' && Number.isInteger(number) && number > 0) found.rounds = number
    else if (option === '--seeds' && Number.isInteger(number) && number > 0) found.seeds = number
    else return
  }
  return found
}
