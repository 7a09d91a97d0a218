import { AUDIT_KINDS, type AuditKind } from '@fieldback/domain/audit/actions'

/** What the journal is filtered by, as its address says it; anything that is not of its form is left out. */
export type JournalView = {
  readonly membershipId: string | null
  readonly kind: AuditKind | null
  readonly subjectId: string | null
  readonly from: string | null
  readonly to: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const among = (value: string | null, form: RegExp): string | null =>
  value !== null && form.test(value) ? value : null

/** A day of the calendar: 2026-02-30 is none. */
function dayOf(value: string | null): string | null {
  const day = among(value, DAY)
  return day !== null && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : null
}

export const readJournalView = (get: (name: string) => string | null): JournalView => ({
  membershipId: among(get('who'), UUID),
  kind: AUDIT_KINDS.find((kind) => kind === get('kind')) ?? null,
  subjectId: among(get('about'), UUID),
  from: dayOf(get('from')),
  to: dayOf(get('to')),
})

/** The same in an address, for the file. */
export function journalParams({ membershipId, kind, subjectId, from, to }: JournalView): URLSearchParams {
  const all = { who: membershipId, kind, about: subjectId, from, to }
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
