import type { FoundingState } from '@fieldback/domain/org/founding'
import type { LevelName } from '@fieldback/domain/org/level-names'
import type { Db } from '../client.ts'

/** All that a new organisation begins with; every id is new. */
export type NewOrganisation = {
  readonly orgId: string
  readonly personId: string
  readonly membershipId: string
  readonly territoryId: string
  readonly assignmentId: string
  readonly auditId: string
  readonly epoch: string
  /** Also of its national territory. */
  readonly name: string
  /** Numbered when another organisation bears it. */
  readonly slug: string
  readonly levelNames: readonly LevelName[]
  readonly locale: string
  readonly timeZone: string
  readonly email: string
  /** argon2id; null for links by e-mail. Left aside when the address is known. */
  readonly passwordHash: string | null
  readonly displayName: string
  /** The first day of the administrator's assignment. */
  readonly day: string
}

export type Founded = {
  readonly outcome: 'founded' | Exclude<FoundingState, 'open'>
  /** Null unless founded. */
  readonly personId: string | null
  /** The address was a person's already: his password stands. */
  readonly known: boolean
}

/** What a link's hash says; nothing is used. */
export async function foundingState(db: Db, tokenHash: string): Promise<FoundingState> {
  const rows = await db.prisma.$queryRaw<{ state: Exclude<FoundingState, 'unknown'> | null }[]>`
    SELECT founding_state(${tokenHash}) AS state`
  return rows[0]?.state ?? 'unknown'
}

/** Uses a link once and makes the organisation, all or nothing. Of two at the same instant, the other is told `spent`. */
export async function foundOrganisation(
  db: Db,
  tokenHash: string,
  organisation: NewOrganisation,
): Promise<Founded> {
  const rows = await db.prisma.$queryRaw<Founded[]>`
    SELECT outcome, person_id AS "personId", known
      FROM found_organisation(${tokenHash}, ${JSON.stringify(organisation)}::jsonb)`
  return rows[0] ?? { outcome: 'unknown', personId: null, known: false }
}
