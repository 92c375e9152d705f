import type { MiddlewareHandler } from 'hono'
import type { Right } from '../contract/viewer.ts'
import type { Env } from './context.ts'
import { needRight, viewerOf } from './viewer.ts'

const CLASS = Symbol('class')
type Classified = MiddlewareHandler<Env> & { [CLASS]?: Right | 'open' | 'known' }

function classified(as: Right | 'open' | 'known', handler: MiddlewareHandler<Env>): MiddlewareHandler<Env> {
  return Object.assign(handler, { [CLASS]: as })
}

/** Every route says by one of these three who may ask. This one: whoever has the right. */
export const need = (right: Right): MiddlewareHandler<Env> =>
  classified(right, async (c, next) => {
    needRight(viewerOf(c), right)
    await next()
  })

/** Whoever has signed in, for what is their own; the route itself may ask for a right besides. */
export const known: MiddlewareHandler<Env> = classified('known', (_, next) => next())

/** Everybody: signing in itself and the like. */
export const open: MiddlewareHandler<Env> = classified('open', (_, next) => next())

/** How a handler classifies its route; undefined when it does not. */
export const classOf = (handler: unknown): Right | 'open' | 'known' | undefined =>
  (handler as Classified)[CLASS]

export const isOpen = (handler: unknown): boolean => classOf(handler) === 'open'
