const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The day given, or the present one in metropolitan France. */
export function readToday(given: string | undefined): string {
  if (!given) return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())
  if (!DAY.test(given) || Number.isNaN(Date.parse(given)))
    throw new Error(`FIELDBACK_SEED_DAY is "${given}"; give a day such as 2026-11-20.`)
  return given
}
