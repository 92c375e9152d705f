import { Refusal } from '../contract/errors.ts'
import type { Made, Verb } from './verb.ts'

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

/**
 * Takes every closure away, in one change. Where there is none it is refused: an answer without a change would
 * leave its key unused, and the same request sent again later would open what was closed since.
 */
export const openAll: Verb<'openAll'> = world => {
  const ids = [...(world.kinds.get('closure')?.keys() ?? [])]
  if (ids.length === 0) {
    throw new Refusal(
      'nothing_closed',
      409,
      { zh: '没有封闭的道路，什么都没有改变', en: 'No road is closed; nothing was changed' },
      { zh: '不必再解除', en: 'There is nothing to open' },
    )
  }
  return { put: [], drop: ids.map(id => ({ kind: 'closure', id })), note: null }
}

/** Is this change what the same command would have made? Compared as stored: text against text. */
export const isClosing: Made<'close'> = ({ put }, { id, feature }) =>
  put[0]?.id === id && JSON.stringify(put[0].feature) === JSON.stringify(feature)

export const isOpening: Made<'open'> = ({ drop }, { id }) => drop[0]?.id === id
