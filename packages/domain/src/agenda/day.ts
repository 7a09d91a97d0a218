/** A calendar day, YYYY-MM-DD, without hour or time zone. */
export type Day = string

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/**
 * Days since 1970-01-01, in the proleptic Gregorian calendar.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
export function dayNumber(day: Day): number {
  // Of thousands of accounts as the phone opens: cutting is several times quicker than splitting.
  const year = Number(day.slice(0, -6))
  const month = Number(day.slice(-5, -3))
  const date = Number(day.slice(-2))
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The day that `dayNumber` names (civil_from_days of the same source). */
export function dayOfNumber(days: number): Day {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`
}

export const addDays = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)

/** Days from one day to another; negative when `to` comes first. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/** First day of the month, as roll-ups keep months: YYYY-MM-01. */
export const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`
