import type { Tags } from '../formats/osm-block.ts'

/** The Chinese name where there is one, else the local one; '' for none. */
export const nameOf = (tags: Tags): string =>
  (tags['name:zh-Hans'] ?? tags['name:zh'] ?? tags.name ?? '').trim().slice(0, 120)

/** The English name, or the local one where `nameOf` gives a Chinese translation of it. */
export const nameEnOf = (tags: Tags): string | undefined => {
  const local = nameOf(tags) === (tags.name ?? '').trim().slice(0, 120) ? undefined : tags.name
  return (tags['name:en'] ?? local)?.trim().slice(0, 120) || undefined
}
