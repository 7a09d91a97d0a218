import type { ScopedDb } from '../scoped-db.ts'

/** A gesture told in the journal, with what it kept. */
export type Gesture = {
  readonly id: string
  readonly subjectId: string | null
  readonly membershipId: string | null
  readonly detail: Readonly<Record<string, unknown>>
  /** It was taken back. */
  readonly undone: boolean
}

/** The gesture of this id; null when the journal has none. */
export async function findGesture({ tx, scope }: ScopedDb, id: string): Promise<Gesture | null> {
  const rows = await tx.$queryRaw<Gesture[]>`
    SELECT e.id, e.subject_id AS "subjectId", e.membership_id AS "membershipId", e.detail,
           EXISTS (SELECT FROM audit_event u
                    WHERE u.org_id = ${scope.orgId}::uuid AND u.subject_id = e.id AND u.action = 'territory.undo') AS undone
      FROM audit_event e WHERE e.org_id = ${scope.orgId}::uuid AND e.id = ${id}::uuid`
  return rows[0] ?? null
}
