import type { Db } from '../client.ts'

export type DatabaseHealth = {
  readonly appliedMigrations: readonly string[]
  /** Age of the oldest job that is due and not done. */
  readonly jobLagSeconds: number
  /** Age of the oldest open transaction that writes and that this role may see: phones do not pull what is younger than it. */
  readonly horizonAgeSeconds: number
  /** Age of the oldest fact that waits to be counted. */
  readonly foldLagSeconds: number
  /** Looks at the roll-ups that found a difference which still stands. */
  readonly rollupDrift: number
}

/** One look at the database, outside any organisation. Throws when it cannot be reached. */
export async function readHealth(db: Db): Promise<DatabaseHealth> {
  const rows = await db.prisma.$queryRaw<
    { applied: string[]; lag: number; horizon: number; fold: number; drift: number }[]
  >`
    SELECT ARRAY(SELECT applied_migrations()) AS applied, job_lag_seconds() AS lag, fold_lag_seconds() AS fold, rollup_drift() AS drift,
           coalesce((SELECT extract(epoch FROM max(now() - xact_start)) FROM pg_stat_activity
                      WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()), 0)::float8 AS horizon`
  const row = rows[0]
  return {
    appliedMigrations: row?.applied ?? [],
    jobLagSeconds: row?.lag ?? 0,
    horizonAgeSeconds: row?.horizon ?? 0,
    foldLagSeconds: row?.fold ?? 0,
    rollupDrift: row?.drift ?? 0,
  }
}

/** Age of the oldest fact that waits to be counted, in seconds. */
export async function foldLagSeconds(db: Db): Promise<number> {
  const rows = await db.prisma.$queryRaw<{ lag: number }[]>`SELECT fold_lag_seconds() AS lag`
  return rows[0]?.lag ?? 0
}
