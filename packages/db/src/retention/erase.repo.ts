import type { Month } from '@fieldback/domain/analytics/period'
import type { RetentionYears } from '@fieldback/domain/retention/retention'
import type { Db, OrgTx } from '../client.ts'
import type { MediaRow } from '../media/media.repo.ts'

/** Holds the rule as it is until the transaction ends: whoever takes it back comes before, or after what is begun with it. */
export async function unsafeHoldRule(tx: OrgTx, orgId: string): Promise<void> {
  await tx.$queryRaw`SELECT org_id FROM retention WHERE org_id = ${orgId}::uuid FOR UPDATE`
}

/** What of the rule is carried out from now on. Committed before anything is erased: whoever counts sees the edge, or all reports. */
export async function unsafeMoveEdge(
  tx: OrgTx,
  orgId: string,
  { years, keptFrom }: { readonly years: RetentionYears; readonly keptFrom: Month },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE retention SET years = ${years}::smallint, next_years = NULL, starts_at = NULL, edge = greatest(edge, ${`${keptFrom}-01`}::date)
     WHERE org_id = ${orgId}::uuid`
}

export type OldReports = {
  readonly reports: readonly string[]
  /** Their photos, whose files go first. */
  readonly media: readonly Pick<MediaRow, 'id' | 'bytes' | 'storageKey'>[]
}

/** The first reports before the edge, at most `limit`; none once the rule was taken back. */
export async function unsafeOldReports(tx: OrgTx, orgId: string, limit: number): Promise<OldReports> {
  const rows = await tx.$queryRaw<OldReports[]>`
    WITH old AS MATERIALIZED (
      SELECT r.id FROM report r
       WHERE r.org_id = ${orgId}::uuid AND r.day < (SELECT k.edge FROM retention k WHERE k.org_id = ${orgId}::uuid AND k.years IS NOT NULL)
       ORDER BY r.day, r.id LIMIT ${limit})
    SELECT (SELECT coalesce(json_agg(id), '[]') FROM old) AS reports,
           (SELECT coalesce(json_agg(json_build_object('id', m.id, 'bytes', m.bytes, 'storageKey', m.storage_key)), '[]')
              FROM old JOIN media m ON m.org_id = ${orgId}::uuid AND m.report_id = old.id) AS media`
  return rows[0] ?? { reports: [], media: [] }
}

/** Erases them with all that hangs on them, but for those that got another photo meanwhile; answers how many. */
export async function unsafeEraseReports(tx: OrgTx, { reports, media }: OldReports): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT erase_reports(${[...reports]}::uuid[], ${media.map(({ id }) => id)}::uuid[]) AS n`
  return rows[0]?.n ?? 0
}

/** The next members after one, in the order of their ids. */
export async function unsafeMembersAfter(
  tx: OrgTx,
  orgId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM membership WHERE org_id = ${orgId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/** Erases what is left of some people before the edge beside their reports. */
export async function unsafeEraseTrails(tx: OrgTx, members: readonly string[]): Promise<void> {
  await tx.$executeRaw`SELECT erase_trail(m.id) FROM unnest(${[...members]}::uuid[]) AS m (id)`
}

/** All before the edge was looked through; answers how many reports were erased since the last time. */
export async function unsafeEndSweep(tx: OrgTx, orgId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    UPDATE retention k SET swept_on = current_date, erased = 0
      FROM (SELECT erased AS n FROM retention WHERE org_id = ${orgId}::uuid FOR UPDATE) AS before
     WHERE k.org_id = ${orgId}::uuid RETURNING before.n`
  return rows[0]?.n ?? 0
}

/** Asks for the erasure in every organisation whose rule was not carried out today. Answers how many. For the worker's role only. */
export async function enqueueRetentions(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('erase_reports', json_build_object('orgId', org_id), 'erase_reports:' || org_id) FROM due_retentions() AS org_id`
}
