const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** An id as an address says it; null when it is not of that form. */
export const idIn = (value: string | null): string | null =>
  value !== null && UUID.test(value) ? value : null

/** A day of the calendar, YYYY-MM-DD: 2026-02-30 is none. */
export const dayIn = (value: string | null): string | null =>
  value !== null && DAY.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
    ? value
    : null
