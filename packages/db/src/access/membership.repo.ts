import type { OrgTx } from '../client.ts'

export type NewMember = {
  /** Normalised: domain/account/normalise `normaliseEmail`. */
  readonly email: string
  readonly displayName: string
  readonly locale: string | null
}

export type Joined = {
  readonly email: string
  readonly personId: string
  readonly membershipId: string
  /** False for somebody who was a member already: his name, language and access stay as they are. */
  readonly created: boolean
  /** As the organisation calls him. */
  readonly displayName: string
  /** `invited` has never come, `revoked` may not enter; `created` ones are told so too. */
  readonly standing: 'live' | 'invited' | 'revoked'
}

/**
 * Makes people members of the organisation in context, known to other organisations or not; addresses are distinct. One
 * answer each, in no order. Whom it adds is pending: see identity.repo `membershipsOf`. Roles, invitation and audit are the
 * caller's.
 */
export async function addMembers(
  tx: OrgTx,
  orgId: string,
  members: readonly NewMember[],
  newId: () => string,
): Promise<Joined[]> {
  const rows = members.map((member) => ({ ...member, personId: newId(), membershipId: newId() }))
  const people = await tx.$queryRaw<{ email: string; id: string }[]>`
    SELECT email, id FROM identity_ensure_people(${rows.map((row) => row.personId)}::uuid[], ${rows.map((row) => row.email)}::text[])`
  const personOf = new Map(people.map(({ email, id }) => [email, id]))
  const wanted = rows.flatMap((row) => {
    const personId = personOf.get(row.email)
    return personId ? [{ ...row, personId }] : []
  })
  const created = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO membership (org_id, id, person_id, display_name, locale, pending)
    SELECT ${orgId}::uuid, x."membershipId", x."personId", x."displayName", x.locale, true
      FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS x ("membershipId" uuid, "personId" uuid, "displayName" text, locale text)
     ORDER BY x."personId"
    ON CONFLICT (org_id, person_id) DO NOTHING RETURNING id`
  const made = new Set(created.map(({ id }) => id))
  const held = await tx.$queryRaw<
    { id: string; personId: string; displayName: string; standing: Joined['standing'] }[]
  >`
    SELECT id, person_id AS "personId", display_name AS "displayName",
           CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN pending THEN 'invited' ELSE 'live' END AS standing
      FROM membership
     WHERE org_id = ${orgId}::uuid AND person_id = ANY (${wanted.map((row) => row.personId)}::uuid[])`
  const heldBy = new Map(held.map((row) => [row.personId, row]))
  return wanted.flatMap(({ email, personId }) => {
    const member = heldBy.get(personId)
    if (!member) return []
    const { id: membershipId, displayName, standing } = member
    return [{ email, personId, membershipId, created: made.has(membershipId), displayName, standing }]
  })
}

/** E-mail by membership, of members of the organisation in context. */
export async function memberEmails(
  tx: OrgTx,
  membershipIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ membership_id: string; email: string }[]>`
    SELECT membership_id, email FROM identity_member_emails(${[...membershipIds]}::uuid[])`
  return new Map(rows.map((row) => [row.membership_id, row.email]))
}
