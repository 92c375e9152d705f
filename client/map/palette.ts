/** Colours live in tokens.css; the map asks for them by name, once, when it is made. */
export type Token = (name: string) => string
export type Rgba = [number, number, number, number]

export function readTokens(element: Element = document.documentElement): Token {
  const style = getComputedStyle(element)
  return name => style.getPropertyValue(`--${name}`).trim()
}

/** `#rrggbb` or `rgb(r g b)` as 0–255 with an alpha of 0–1. */
export function rgba(colour: string, alpha = 1): Rgba {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1]
  const parts = hex
    ? [0, 2, 4].map(i => Number.parseInt(hex.slice(i, i + 2), 16))
    : (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  return [parts[0] ?? 255, parts[1] ?? 255, parts[2] ?? 255, Math.round(alpha * 255)]
}
export function css(colour: string, alpha: number): string {
  const [r, g, b] = rgba(colour)
  return `rgba(${r},${g},${b},${alpha})`
}
