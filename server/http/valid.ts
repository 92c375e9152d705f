import { validator } from 'hono-openapi'
import type { z } from 'zod'
import type { ValidationTargets } from 'hono'
import { refuseIssues } from './issues.ts'
import type { Issue } from './issues.ts'

/** Checks a part of the request by its schema, which also documents it. @throws Refusal 400 */
export function valid<Target extends keyof ValidationTargets, S extends z.ZodType>(
  target: Target,
  schema: S,
) {
  return validator(target, schema, result => {
    if (!result.success) throw refuseIssues(result.error as readonly Issue[])
  })
}
