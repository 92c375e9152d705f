/** What the inspector shows of a row. */
export type CardMode = 'card' | 'history' | 'remove'
