/**
 * A typed number as the server would most likely keep it, for telling duplicates apart while typing; null when it is
 * too short to be one. The server alone normalises for good.
 */
export function comparablePhone(raw: string): string | null {
  const digits = raw.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
  if (/^0[1-9]\d{8}$/.test(digits)) return `+33${digits.slice(1)}`
  if (/^00\d{8,15}$/.test(digits)) return `+${digits.slice(2)}`
  return /^\+\d{8,15}$/.test(digits) ? digits : null
}
