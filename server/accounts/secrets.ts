import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 128 bits, as they can stand in a URL. */
export const newSecret = (): string => randomBytes(16).toString('base64url')

/** How a secret is kept. It is long and random, so that a plain hash is enough. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Without what is mistaken for something else when read from a wall: 0 O 1 I L, 2 Z, 5 S, 8 B, U V. */
const LETTERS = 'ACDEFGHJKMNPQRTWXY34679'

export function newCode(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** A code as people type it. */
export const codeAsShown = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '')
