import type { Tags } from '../formats/osm-block.ts'

/**
 * Signed limits as numbers; 0 = not signed or not readable. Where a tag lists several, the lowest counts.
 * https://wiki.openstreetmap.org/wiki/Map_features/Units
 */

const lowest = (value: string | undefined, read: (part: string) => number): number => {
  if (value === undefined) return 0
  const parts = value.split(';').map(part => read(part.trim()))
  return parts.reduce((low, part) => (part > 0 && (low === 0 || part < low) ? part : low), 0)
}

const number = (text: string): number => Number(text.replace(',', '.'))

/** km/h. */
export function readSpeed(value: string | undefined): number {
  return lowest(value, part => {
    if (part === 'walk') return 7
    const found = /^(\d+(?:[.,]\d+)?) ?(km\/h|kmh|kph|mph)?$/.exec(part)
    if (!found) return 0
    return Math.min(250, Math.round(number(found[1]) * (found[2] === 'mph' ? 1.609344 : 1)))
  })
}

const TONNES: Record<string, number> = {
  '': 1,
  t: 1,
  kg: 0.001,
  st: 0.90718474,
  lt: 1.0160469088,
  lb: 0.00045359237,
  lbs: 0.00045359237,
}

/** Tonnes. */
export function readWeight(value: string | undefined): number {
  return lowest(value, part => {
    const found = /^(\d+(?:[.,]\d+)?) ?([a-z]*)$/i.exec(part)
    const factor = found && TONNES[found[2].toLowerCase()]
    return found && factor ? round3(number(found[1]) * factor) : 0
  })
}

const METRES: Record<string, number> = { '': 1, m: 1, cm: 0.01, ft: 0.3048, in: 0.0254 }

/** Metres, from `3.8`, `3.8 m`, `380 cm`, `12'6"`, `12 ft 6 in`. */
export function readLength(value: string | undefined): number {
  return lowest(value, part => {
    const feet = /^(\d+) ?(?:'|ft) ?(?:(\d+(?:\.\d+)?) ?(?:"|''|in))?$/.exec(part)
    if (feet) return round3(Number(feet[1]) * 0.3048 + Number(feet[2] ?? 0) * 0.0254)
    const found = /^(\d+(?:[.,]\d+)?) ?([a-z]*)$/i.exec(part)
    const factor = found && METRES[found[2].toLowerCase()]
    return found && factor ? round3(number(found[1]) * factor) : 0
  })
}

const round3 = (value: number): number => Math.round(value * 1000) / 1000

/** The lower of two limits, 0 being none. */
export const tighter = (a: number, b: number): number => (a === 0 ? b : b === 0 ? a : Math.min(a, b))

export interface Limits {
  maxspeedFwd: number
  maxspeedBack: number
  maxweightT: number
  maxheightM: number
  maxwidthM: number
}

export function limitsOf(tags: Tags): Limits {
  const both = readSpeed(tags.maxspeed)
  return {
    maxspeedFwd: readSpeed(tags['maxspeed:forward']) || both,
    maxspeedBack: readSpeed(tags['maxspeed:backward']) || both,
    maxweightT: readWeight(tags.maxweight),
    maxheightM: tighter(readLength(tags.maxheight), readLength(tags['maxheight:physical'])),
    maxwidthM: tighter(readLength(tags.maxwidth), readLength(tags['maxwidth:physical'])),
  }
}
