import { Refusal } from '../contract/errors.ts'
import type { Verb } from './verb.ts'

/** Shuts roads. The id must be free: closing twice is two people meaning two things. */
export const close: Verb<'close'> = (world, { id, feature }, env) => {
  if (world.kinds.get('closure')?.has(id)) {
    throw new Refusal(
      'closure_exists',
      409,
      { zh: `封闭“${id}”已经存在`, en: `A closure "${id}" exists already` },
      { zh: '换一个编号，或先解除原来的封闭', en: 'Choose another id, or open the old one first' },
      'id',
    )
  }
  const closure = {
    id,
    kind: 'closure',
    audience: 'all' as const,
    source: env.actor,
    asOf: env.now,
    feature,
    closedAt: env.clock,
    closedBy: env.actor,
  }
  return { put: [closure], drop: [], note: null }
}

/** Takes a closure away again. */
export const open: Verb<'open'> = (world, { id }) => {
  if (!world.kinds.get('closure')?.has(id)) {
    throw new Refusal(
      'closure_unknown',
      404,
      { zh: `没有编号为“${id}”的封闭`, en: `There is no closure "${id}"` },
      { zh: '可能已经解除：请刷新封闭列表', en: 'It may be open already: read the list of closures again' },
      'id',
    )
  }
  return { put: [], drop: [{ kind: 'closure', id }], note: null }
}
