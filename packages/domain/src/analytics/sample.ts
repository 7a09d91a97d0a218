/**
 * Of so many reports, spread over days, one day in how many may be read for no more than `most` of them; 1: all. Never a
 * multiple of seven, which would read the same days of the week.
 */
export function daysBetweenReads(reports: number, most: number): number {
  const every = Math.max(1, Math.ceil(reports / most))
  return every % 7 === 0 ? every + 1 : every
}
