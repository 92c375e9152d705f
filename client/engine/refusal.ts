import { troubleOf, type Trouble } from '../trouble.ts'

/** The engine's refusals carry both languages; anything else is a fault of ours. Read by shape, not by class. */
export function troubleOfRefusal(error: unknown): Trouble {
  const r = error as { name?: string; code?: string; text?: Trouble['text'] } & Partial<Trouble>
  if (r?.name !== 'Refusal' || !r.code || !r.text) return troubleOf(error)
  return { code: r.code, text: r.text, remedy: r.remedy, details: r.details }
}
