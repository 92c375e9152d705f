/** The longest round distance that is at most 120 px long. */
export function scaleBar(metresPerPx: number): { px: number; text: string } {
  if (!(metresPerPx > 0)) return { px: 0, text: '' }
  const most = metresPerPx * 120
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = [5, 2, 1].map(n => n * power).find(n => n <= most) ?? power
  return {
    px: Math.round(metres / metresPerPx),
    text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m`,
  }
}
