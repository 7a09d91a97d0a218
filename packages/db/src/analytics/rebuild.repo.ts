import type { Db } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

/** Looks that are kept of an organisation: the last, and those that found a difference which still stands. */
const CHECKS_KEPT = 500

export type Check = {
  readonly id: string
  readonly territoryId: string
  /** YYYY-MM-01; null: the stocks. */
  readonly month: string | null
  /** counted: all documents of the branch; summed: what is below it and its own; left: too many, not looked at. */
  readonly how: 'counted' | 'summed' | 'left'
  /** Rows compared, and those that differ. */
  readonly rows: number
  readonly drifted: number
}

export async function keepChecks(tx: OrgSql, orgId: string, checks: readonly Check[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO rollup_check (org_id, id, territory_id, month, how, rows, drifted)
    SELECT ${orgId}::uuid, c.id, c."territoryId", c.month, c.how, c.rows, c.drifted
      FROM jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) AS c (id uuid, "territoryId" uuid, month date, how text, rows int, drifted int)`
  await tx.$executeRaw`
    DELETE FROM rollup_check c WHERE c.org_id = ${orgId}::uuid AND (c.drifted = 0 OR c.mended_at IS NOT NULL)
       AND c.checked_at < (SELECT k.checked_at FROM rollup_check k WHERE k.org_id = ${orgId}::uuid
                            ORDER BY k.checked_at DESC OFFSET ${CHECKS_KEPT} LIMIT 1)`
}

/** Asks for an organisation to be counted again, unless it is being; its job is asked for with it. */
export async function askRebuild(
  tx: OrgSql,
  orgId: string,
  { id, why }: { readonly id: string; readonly why: 'drift' | 'operator' },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO rollup_rebuild (org_id, id, why) VALUES (${orgId}::uuid, ${id}::uuid, ${why})
    ON CONFLICT (org_id) WHERE ended_at IS NULL DO NOTHING`
  await tx.$executeRaw`SELECT enqueue_job('rebuild', ${JSON.stringify({ orgId })}::json, ${`rebuild:${orgId}`})`
}

export type Rebuild = {
  readonly id: string
  /** null: it has not begun. */
  readonly units: readonly string[] | null
  readonly done: number
}

const measured = (orgId: string) =>
  Prisma.sql`pg_try_advisory_xact_lock(hashtextextended(${`rebuild:${orgId}`}, 0))`

/** Until the end of the transaction nobody else takes the rebuild of an organisation over; false: somebody reads for it. */
export async function holdMeasure(tx: OrgSql, orgId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ held: boolean }[]>`SELECT ${measured(orgId)} AS held`
  return rows[0]?.held ?? false
}

/**
 * The rebuild of an organisation that is not done, from now on in the hands of `turn` alone; null when there is none, or
 * while another reads for it. To be committed before anything is read for it: what another turn still writes is then seen, or refused.
 */
export async function takeTurn(tx: OrgSql, orgId: string, turn: string): Promise<Rebuild | null> {
  const rows = await tx.$queryRaw<Rebuild[]>`
    UPDATE rollup_rebuild SET turn = ${turn}::uuid, begun_at = coalesce(begun_at, clock_timestamp())
     WHERE org_id = ${orgId}::uuid AND ended_at IS NULL AND ${measured(orgId)} RETURNING id, units, done`
  return rows[0] ?? null
}

/** Whether the turn is still the last one; holds the rebuild until the transaction ends. */
export async function holdTurn(tx: OrgSql, orgId: string, turn: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM rollup_rebuild WHERE org_id = ${orgId}::uuid AND ended_at IS NULL AND turn = ${turn}::uuid FOR UPDATE`
  return rows.length > 0
}

type Step = {
  readonly turn: string
  readonly units?: readonly string[]
  readonly done?: number
  readonly corrected?: number
}

/** Notes how far a rebuild is. */
export async function noteStep(tx: OrgSql, orgId: string, step: Step): Promise<void> {
  await tx.$executeRaw`
    UPDATE rollup_rebuild SET units = coalesce(${step.units ? [...step.units] : null}::text[], units), done = coalesce(${step.done ?? null}::int, done),
           corrected = corrected + ${step.corrected ?? 0}::int
     WHERE org_id = ${orgId}::uuid AND ended_at IS NULL AND turn = ${step.turn}::uuid`
}

/** Ends a rebuild; what was found before it began is mended. */
export async function endRebuild(tx: OrgSql, orgId: string, turn: string): Promise<void> {
  await tx.$executeRaw`
    WITH ended AS (
      UPDATE rollup_rebuild SET ended_at = clock_timestamp()
       WHERE org_id = ${orgId}::uuid AND ended_at IS NULL AND turn = ${turn}::uuid RETURNING begun_at)
    UPDATE rollup_check c SET mended_at = clock_timestamp() FROM ended e
     WHERE c.org_id = ${orgId}::uuid AND c.drifted > 0 AND c.mended_at IS NULL AND c.checked_at <= e.begun_at`
}

/** Asks for what was lost with a worker; answers how many. For the worker's role only. */
export async function enqueueWaitingRebuilds(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('rebuild', json_build_object('orgId', org_id), 'rebuild:' || org_id) FROM waiting_rebuilds() AS org_id`
}

/** Asks for a look at every organisation. For the worker's role only. */
export async function enqueueChecks(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('check_rollups', json_build_object('orgId', org_id), 'check_rollups:' || org_id) FROM every_organisation() AS org_id`
}
