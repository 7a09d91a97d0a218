import parse from 'libphonenumber-js/min'

/** What was typed to E.164, or null when it is no possible number; national numbers are read as French. */
export function normalisePhone(raw: string): string | null {
  const number = parse(raw, 'FR')
  return number?.isPossible() ? number.number : null
}
