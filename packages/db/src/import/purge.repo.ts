import { FORGOTTEN_DAYS, type ImportFailure, UNDO_DAYS } from '@fieldback/domain/import/import'
import type { Db, OrgTx } from '../client.ts'

/**
 * Takes in hand an import whose lines are not kept any more, or null when there is none: over for as long as it could be
 * taken back, or waiting for somebody who does not come, which gives it up. From here on no step of it can be asked for.
 */
export async function claimPurge(tx: OrgTx, orgId: string): Promise<string | null> {
  const forgotten: ImportFailure = { code: 'FORGOTTEN', params: { days: FORGOTTEN_DAYS } }
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE file_import f SET purged_at = coalesce(f.purged_at, now()), finished_at = coalesce(f.finished_at, now()), storage_key = NULL,
           failure = CASE WHEN f.state IN ('to_map', 'tried') THEN ${JSON.stringify(forgotten)}::jsonb ELSE f.failure END,
           state = CASE WHEN f.state IN ('to_map', 'tried') THEN 'failed' ELSE f.state END
     WHERE f.org_id = ${orgId}::uuid AND f.queued_at IS NULL
       AND f.id = (SELECT q.id FROM file_import q
                    WHERE q.org_id = ${orgId}::uuid AND q.queued_at IS NULL
                      AND (q.finished_at < now() - make_interval(days => ${UNDO_DAYS}::int)
                           OR (q.state IN ('to_map', 'tried') AND coalesce(q.rested_at, q.created_at) < now() - make_interval(days => ${FORGOTTEN_DAYS}::int))
                           OR q.purged_at IS NOT NULL)
                      AND (q.purged_at IS NULL OR EXISTS (SELECT 1 FROM import_line l WHERE l.org_id = q.org_id AND l.import_id = q.id))
                    LIMIT 1)
    RETURNING f.id`
  return rows[0]?.id ?? null
}

/** Asks for the deletion in every organisation that has lines to delete. Answers how many. For the worker's role only. */
export async function enqueuePurges(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('purge', json_build_object('orgId', org_id), 'purge:' || org_id)
      FROM purgeable_imports(make_interval(days => ${UNDO_DAYS}::int), make_interval(days => ${FORGOTTEN_DAYS}::int)) AS org_id`
}
