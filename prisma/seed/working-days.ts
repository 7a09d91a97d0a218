import { addDays, type Day, dayNumber, dayOfNumber } from '@fieldback/domain/agenda/day'

/** Founding of both organisations: territories, people and questions keep their ids whatever the day of the seed. */
export const FOUNDED: Day = '2024-09-02'

/** Sunday is 0; 1970-01-01 was a Thursday. */
const weekday = (day: Day): number => (dayNumber(day) + 4) % 7

function lastSunday(year: string, month: '03' | '10'): Day {
  const last = `${year}-${month}-31`
  return addDays(last, -weekday(last))
}

/** The instant of a local time in metropolitan France, which changes its clocks on the last Sundays of March and October. */
export function frenchInstant(day: Day, minutes: number): string {
  const year = day.slice(0, 4)
  const summer = day >= lastSunday(year, '03') && day < lastSunday(year, '10')
  const local = dayNumber(day) * 86_400_000 + Math.round(minutes * 60_000)
  return new Date(local - (summer ? 7_200_000 : 3_600_000)).toISOString()
}

/** Holidays of a fixed date; the few that move with Easter are worked. */
const HOLIDAYS = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'])

/** Days of a period, both ends included, when bakers are visited: Monday to Friday, out of holidays. */
export function workingDays(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let n = dayNumber(from); n <= dayNumber(to); n++) {
    const day = dayOfNumber(n)
    const at = weekday(day)
    if (at !== 0 && at !== 6 && !HOLIDAYS.has(day.slice(5))) days.push(day)
  }
  return days
}
