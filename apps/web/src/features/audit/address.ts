import { AUDIT_KINDS, type AuditKind } from '@fieldback/domain/audit/actions'
import { dayIn, idIn } from '../../client/address-words.ts'

/** What the journal is filtered by, as its address says it; anything that is not of its form is left out. */
export type JournalView = {
  readonly membershipId: string | null
  readonly kind: AuditKind | null
  readonly subjectId: string | null
  readonly from: string | null
  readonly to: string | null
}

export const readJournalView = (get: (name: string) => string | null): JournalView => ({
  membershipId: idIn(get('who')),
  kind: AUDIT_KINDS.find((kind) => kind === get('kind')) ?? null,
  subjectId: idIn(get('about')),
  from: dayIn(get('from')),
  to: dayIn(get('to')),
})

/** The same in an address, for the file. */
export function journalParams({ membershipId, kind, subjectId, from, to }: JournalView): URLSearchParams {
  const all = { who: membershipId, kind, about: subjectId, from, to }
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
