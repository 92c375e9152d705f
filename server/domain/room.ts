import { Refusal } from '../contract/errors.ts'
import type { Made, Verb } from './verb.ts'

/** An exercise begins with the situation it was taken from; from here on the two know nothing of each other. */
export const beginRoom: Verb<'beginRoom'> = (world, { name, parent, entities }, env) => {
  if (world.seq > 0) {
    throw new Refusal(
      'room_exists',
      409,
      { zh: `“${world.room}”已经存在`, en: `"${world.room}" exists already` },
      { zh: '换一个代号', en: 'Choose another slug' },
      'slug',
    )
  }
  const room = {
    id: world.room,
    kind: 'room',
    audience: 'all' as const,
    source: env.actor,
    asOf: env.now,
    name,
    parent,
    begunBy: env.actor,
    begunAt: env.now,
  }
  const taken = entities
    .filter(({ kind }) => kind !== 'room')
    .map(({ rev: _rev, was: _was, ...entity }) => entity)
  return { put: [room, ...taken], drop: [], note: null }
}

/** A room has one beginning. Sent again, the situation it was taken from may have gone on. */
export const isBeginning: Made<'beginRoom'> = ({ put }, { name, parent }) =>
  put[0]?.name === name && (put[0].parent as typeof parent).room === parent.room
