import { readSignInRules, type SignInRules } from '@fieldback/domain/access/sign-in-rules'
import type { OrgTx } from '../client.ts'

export type Invitee = {
  readonly membershipId: string
  readonly displayName: string
  readonly email: string
  /** His own choice; null: the organisation's. */
  readonly locale: string | null
}

/** What an invitation says: the organisation, and those of these members who may enter it. */
export async function findInvitees(
  tx: OrgTx,
  orgId: string,
  membershipIds: readonly string[],
): Promise<{ orgName: string; orgLocale: string; timeZone: string; invitees: Invitee[] }> {
  const [organisation] = await tx.$queryRaw<{ name: string; locale: string; timeZone: string }[]>`
    SELECT name, default_locale AS locale, time_zone AS "timeZone" FROM organisation WHERE id = ${orgId}::uuid`
  const invitees = await tx.$queryRaw<Invitee[]>`
    SELECT m.id AS "membershipId", m.display_name AS "displayName", e.email, m.locale
      FROM membership m JOIN identity_member_emails(${[...membershipIds]}::uuid[]) e ON e.membership_id = m.id
     WHERE m.org_id = ${orgId}::uuid AND m.id = ANY (${[...membershipIds]}::uuid[]) AND m.revoked_at IS NULL`
  return {
    orgName: organisation?.name ?? '',
    orgLocale: organisation?.locale ?? 'fr',
    timeZone: organisation?.timeZone ?? 'Europe/Paris',
    invitees,
  }
}

/** Keeps a link of the organisation in context for each member: the SHA-256 of its token, until `expires`. */
export async function startInvitations(
  tx: OrgTx,
  links: readonly { readonly membershipId: string; readonly tokenHash: string }[],
  expires: Date,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM identity_start_invitations(${links.map((link) => link.membershipId)}::uuid[],
      ${links.map((link) => link.tokenHash)}::text[], ${expires})`
}

/** Notes that invitations have left. */
export async function noteInvited(
  tx: OrgTx,
  orgId: string,
  { membershipIds, at }: { membershipIds: readonly string[]; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE membership SET invited_at = ${at}
     WHERE org_id = ${orgId}::uuid AND id = ANY (${[...membershipIds]}::uuid[])`
}

/** The time zone and the rules of who sent a link. */
export async function findSender(
  tx: OrgTx,
  orgId: string,
): Promise<{ timeZone: string; rules: SignInRules }> {
  const rows = await tx.$queryRaw<{ timeZone: string; rules: unknown }[]>`
    SELECT time_zone AS "timeZone", sign_in_rules AS rules FROM organisation WHERE id = ${orgId}::uuid`
  return { timeZone: rows[0]?.timeZone ?? 'Europe/Paris', rules: readSignInRules(rows[0]?.rules) }
}
