/** The height of one row of a list, as the style has it: more where a finger must hit it. */
export const rowPx = (): number =>
  parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row')) || 32
