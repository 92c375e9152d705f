import type { Tags } from '../formats/osm-block.ts'

/** The Chinese name where there is one, else the local one; '' for none. */
export const nameOf = (tags: Tags): string =>
  (tags['name:zh-Hans'] ?? tags['name:zh'] ?? tags.name ?? '').trim().slice(0, 120)

export const nameEnOf = (tags: Tags): string | undefined => tags['name:en']?.trim().slice(0, 120) || undefined
