import { z } from 'zod'

/** The two languages of everything a person reads. */
export type Lang = 'zh' | 'en'
export type Text = Record<Lang, string>

/** What a refused request looks like on the wire (DESIGN: Wire). */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  at: z.string().optional(),
  remedy: z.string().optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/**
 * A refusal that a person can act on: what (`message`), where (`at`) and the remedy, in both languages.
 * `status` is the HTTP status it maps to; nothing but the http folder reads it.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503,
    readonly text: Text,
    readonly remedy?: Text,
    readonly at?: string,
    /** Machine-readable particulars that travel beside the message, e.g. the closures that cut a route. */
    readonly details?: Record<string, unknown>,
  ) {
    super(text.en)
    this.name = 'Refusal'
  }
}

/** Both languages on one line where the reader's language is not known (a log, a script, curl). */
export function sayBoth(text: Text): string {
  return text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`
}
