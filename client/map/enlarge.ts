import type { StyleSpecification } from 'maplibre-gl'

/** What is drawn in px, and must grow with a wall's type: names, symbols, halos, lines. */
const IN_PX: Record<string, readonly string[]> = {
  layout: ['text-size', 'icon-size', 'text-padding', 'icon-padding', 'symbol-spacing'],
  paint: ['text-halo-width', 'line-width', 'line-gap-width', 'circle-radius', 'circle-stroke-width'],
}

/** The same style with everything that has a size in px `times` as large; the ground keeps its scale. */
export function enlarge(style: StyleSpecification, times: number): StyleSpecification {
  if (times === 1) return style
  const layers = style.layers.map(layer => {
    const larger = { ...layer } as unknown as Record<string, Record<string, unknown> | undefined>
    for (const [part, names] of Object.entries(IN_PX)) {
      if (!larger[part]) continue
      // An icon whose size is not said has the size 1.
      const held: Record<string, unknown> = {
        ...('icon-image' in larger[part] ? { 'icon-size': 1 } : {}),
        ...larger[part],
      }
      const grown = names.filter(name => name in held).map(name => [name, timesOf(held[name], times)])
      larger[part] = { ...held, ...Object.fromEntries(grown) }
    }
    return larger as unknown as typeof layer
  })
  return { ...style, layers }
}

/**
 * A value or an expression, multiplied. `zoom` may stand only at the very top of an expression, so the outputs of
 * `interpolate` and `step` are multiplied, not the whole.
 */
export function timesOf(value: unknown, times: number): unknown {
  if (typeof value === 'number') return value * times
  if (!Array.isArray(value)) return value
  const [op] = value as unknown[]
  const firstOutput = op === 'interpolate' ? 4 : op === 'step' ? 2 : null
  if (firstOutput === null) return ['*', times, value]
  return value.map((part, i) =>
    i >= firstOutput && (i - firstOutput) % 2 === 0 ? timesOf(part, times) : part,
  )
}
