/** How a visit or call ended; "order" is what counts as won. */
export const OUTCOMES = ['order', 'quote', 'revisit', 'none'] as const
export type Outcome = (typeof OUTCOMES)[number]
export const WON: Outcome = 'order'

export const REPORT_KINDS = ['visit', 'call'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

export const REPORT_STATUSES = ['accepted', 'to_complete', 'withdrawn'] as const
export type ReportStatus = (typeof REPORT_STATUSES)[number]

export const NOTE_MAX = 10_000
