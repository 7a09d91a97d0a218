import type { Day } from '@fieldback/domain/agenda/day'
import type { Db } from '../client.ts'
import type { OrgSql } from '../org-sql.ts'

/** Asks for a look at every organisation: each knows by its own time whether its mail is due. */
export async function enqueueViewMails(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('mail_views', json_build_object('orgId', org_id), 'mail_views:' || org_id) FROM every_organisation() AS org_id`
}

export type MailOrg = { readonly name: string; readonly locale: string; readonly timeZone: string }

/** For the job alone: what a mail says of its organisation. */
export async function unsafeMailOrg(tx: OrgSql, orgId: string): Promise<MailOrg | null> {
  const [row] = await tx.$queryRaw<MailOrg[]>`
    SELECT name, default_locale AS locale, time_zone AS "timeZone" FROM organisation WHERE id = ${orgId}::uuid`
  return row ?? null
}

/** For the job alone: members whose mail of a week was not begun, by id, from one on. */
export async function unsafeDueReaders(
  tx: OrgSql,
  orgId: string,
  { week, after, limit }: { readonly week: Day; readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT r.membership_id AS id FROM view_reader r
     WHERE r.org_id = ${orgId}::uuid AND r.weekly AND (r.sent_week IS NULL OR r.sent_week < ${week}::date)
       AND (${after}::uuid IS NULL OR r.membership_id > ${after}::uuid)
     ORDER BY 1 LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

type Reader = { readonly membershipId: string; readonly week: Day }

/**
 * For the job alone: notes that a reader's mail of a week begins, before it leaves. False when another has begun it: of two
 * workers, or of one that was killed and began again, one alone sends.
 */
export async function unsafeBeginMail(
  tx: OrgSql,
  orgId: string,
  { membershipId, week }: Reader,
): Promise<boolean> {
  const begun = await tx.$executeRaw`
    UPDATE view_reader SET sent_week = ${week}::date
     WHERE org_id = ${orgId}::uuid AND membership_id = ${membershipId}::uuid AND weekly
       AND (sent_week IS NULL OR sent_week < ${week}::date)`
  return begun > 0
}

/** For the job alone: a mail that was refused is begun again with the next look, as if it had not been. */
export async function unsafeForgetMail(
  tx: OrgSql,
  orgId: string,
  { membershipId, week }: Reader,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE view_reader SET sent_week = ${week}::date - 7
     WHERE org_id = ${orgId}::uuid AND membership_id = ${membershipId}::uuid AND weekly AND sent_week = ${week}::date`
}
