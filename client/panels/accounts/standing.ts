/** Whether an account lets anyone in now: `off` = disabled, `over` = its time has passed. */
export type Standing = 'on' | 'off' | 'over'
export function standingOf(
  { disabled, expiresAt }: { disabled: boolean; expiresAt: string | null },
  now: Date,
): Standing {
  if (disabled) return 'off'
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? 'over' : 'on'
}
