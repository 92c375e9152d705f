import { Refusal } from './errors.ts'

/** An error on its way between threads, which keep no classes. */
export interface Failure {
  message: string
  stack?: string
  code?: string
  refusal?: ConstructorParameters<typeof Refusal>
}

export function packError(e: unknown): Failure {
  const { message, stack, code } = e as Error & { code?: string }
  if (!(e instanceof Refusal)) return { message, stack, code }
  return { message, refusal: [e.code, e.status, e.text, e.remedy, e.at, e.details] }
}

export function unpackError({ refusal, ...error }: Failure): Error {
  return refusal ? new Refusal(...refusal) : Object.assign(new Error(error.message), error)
}
