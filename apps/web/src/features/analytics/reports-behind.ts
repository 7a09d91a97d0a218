import type { Behind } from '@fieldback/domain/analytics/question'
import { behindEntries } from '@fieldback/domain/analytics/behind-address'

/** The address of the reports behind a figure. */
export const reportsBehind = (behind: Behind): string =>
  `/manage/reports?${new URLSearchParams(behindEntries(behind).map(([name, value]) => [name, value]))}`
