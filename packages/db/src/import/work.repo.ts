import type {
  ImportColumn,
  ImportCounts,
  ImportFailure,
  ImportKind,
  ImportMapping,
  ImportOptions,
  ImportState,
  KeptReason,
} from '@fieldback/domain/import/import'
import type { Earlier, LineVerdict, StagedLine } from '@fieldback/domain/import/line'
import type { Db, OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { NO_COUNTS } from './import.repo.ts'

/** Somebody else works at this import now, or its step was asked again: what was being done must not be committed. */
export class LeaseLost extends Error {}

/** Without a sign of life for so long, whoever worked at an import is taken for dead. */
export const PATIENCE_SECONDS = 20

/** An import that the worker has in hand. */
export type Work = {
  readonly orgId: string
  readonly id: string
  readonly lease: string
  readonly kind: ImportKind
  readonly state: ImportState
  readonly storageKey: string | null
  readonly lines: number
  readonly handled: number
  readonly position: number
  readonly counts: ImportCounts
  readonly columns: readonly ImportColumn[]
  readonly mapping: ImportMapping
  readonly options: ImportOptions
  readonly back: number
  readonly kept: number
  readonly createdBy: string
  readonly removed: boolean
  /** How often in a row it was taken up, this time included, without going on. */
  readonly attempts: number
}

/**
 * Takes the import of an organisation that asked first, unless somebody is at work on it: one at a time, in the order they
 * were asked for. Null when there is nothing to do, or somebody does it. Attempts are counted here, so that one which kills
 * its worker counts too.
 */
export async function claimImport(tx: OrgTx, orgId: string, lease: string): Promise<Work | null> {
  const rows = await tx.$queryRaw<{ row: Omit<Work, 'orgId' | 'lease'> }[]>`
    UPDATE file_import f SET lease_id = ${lease}::uuid, heartbeat_at = clock_timestamp(),
           failure = jsonb_build_object('attempts', coalesce((f.failure ->> 'attempts')::int, 0) + 1)
     WHERE f.org_id = ${orgId}::uuid
       AND f.id = (SELECT q.id FROM file_import q WHERE q.org_id = ${orgId}::uuid AND q.queued_at IS NOT NULL
                    ORDER BY q.queued_at, q.id LIMIT 1)
       AND (f.lease_id IS NULL OR f.heartbeat_at < clock_timestamp() - make_interval(secs => ${PATIENCE_SECONDS}::int))
    RETURNING json_build_object('id', f.id, 'kind', f.kind, 'state', f.state, 'storageKey', f.storage_key, 'lines', f.lines,
      'handled', f.handled, 'position', f.position, 'counts', ${JSON.stringify(NO_COUNTS)}::jsonb || f.counts, 'columns', f.columns,
      'mapping', f.mapping, 'options', f.options, 'back', f.back, 'kept', f.kept, 'createdBy', f.created_by,
      'removed', f.removed_at IS NOT NULL, 'attempts', f.failure -> 'attempts') AS row`
  const row = rows[0]?.row
  return row ? { ...row, orgId, lease } : null
}

/**
 * Has every statement of a batch planned for what it is asked: a plan kept from when tables were small would go on reading
 * them whole, comparing each row with each of a thousand keys.
 */
export async function planEachQuery(tx: OrgTx): Promise<void> {
  await tx.$executeRaw`SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`
}

const WRITTEN = ['import_line', 'account', 'account_home'] as const

/**
 * Has the planner know what an import has written: tables that it takes for empty it reads whole for each batch. In
 * transactions of their own.
 */
export async function countRows(db: Db): Promise<void> {
  for (const table of WRITTEN) await db.prisma.$executeRaw`SELECT count_import_rows(${table})`
}

export type Progress = {
  readonly handled: number
  readonly position: number
  readonly counts?: ImportCounts
  readonly lines?: number
  readonly back?: number
  readonly kept?: number
}

/** Notes how far a step is, in the transaction of its effect, and holds the import until the end. Throws LeaseLost. */
export async function advance(tx: OrgTx, work: Work, progress: Progress): Promise<void> {
  const { handled, position, counts = null, lines = null, back = null, kept = null } = progress
  const held = await tx.$executeRaw`
    UPDATE file_import SET handled = ${handled}::int, position = ${position}::int, heartbeat_at = clock_timestamp(),
           counts = coalesce(${counts && JSON.stringify(counts)}::jsonb, counts), lines = coalesce(${lines}::int, lines),
           back = coalesce(${back}::int, back), kept = coalesce(${kept}::int, kept),
           failure = CASE WHEN position = ${position}::int THEN failure END
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Says that somebody is still at work, when nothing else is written. Throws LeaseLost. */
export async function beat(tx: OrgTx, work: Work): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE file_import SET heartbeat_at = clock_timestamp()
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Lets go of an import that is not over: whoever comes next takes it up where it stands. */
export async function release(tx: OrgTx, work: Work): Promise<void> {
  await tx.$executeRaw`
    UPDATE file_import SET lease_id = NULL, heartbeat_at = clock_timestamp()
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
}

/** Takes an import that waits for somebody, and not for the worker, out of the queue. */
export async function putDown(tx: OrgTx, work: Work): Promise<void> {
  await tx.$executeRaw`
    UPDATE file_import SET queued_at = NULL, lease_id = NULL, heartbeat_at = NULL,
           failure = CASE WHEN state = 'failed' THEN failure END
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
}

export type Read = {
  readonly format: object
  readonly columns: readonly ImportColumn[]
  readonly mapping: ImportMapping
}

/** Ends the reading; the file itself is not needed any more. Throws LeaseLost. */
export async function finishReading(
  tx: OrgTx,
  work: Work,
  { format, columns, mapping }: Read,
): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE file_import SET state = 'to_map', format = ${JSON.stringify(format)}::jsonb, columns = ${JSON.stringify(columns)}::jsonb,
           mapping = ${JSON.stringify(mapping)}::jsonb, storage_key = NULL, failure = NULL, handled = 0, position = 0, rested_at = clock_timestamp(),
           queued_at = NULL, lease_id = NULL, heartbeat_at = NULL
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Ends a step; `more` keeps it in the hands of the worker for what follows. Throws LeaseLost. */
export async function finishStep(
  tx: OrgTx,
  work: Work,
  state: 'tried' | 'done' | 'undone',
  { more = false }: { readonly more?: boolean } = {},
): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE file_import SET state = ${state}, failure = NULL, rested_at = clock_timestamp(), finished_at = CASE WHEN ${state} = 'tried' THEN NULL ELSE coalesce(
             CASE WHEN state = ${state} THEN finished_at END, clock_timestamp()) END,
           queued_at = CASE WHEN ${more} THEN queued_at END, lease_id = CASE WHEN ${more} THEN lease_id END,
           heartbeat_at = CASE WHEN ${more} THEN clock_timestamp() END
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Gives a file up. Its lines, if some were kept, are deleted beforehand. Throws LeaseLost. */
export async function failImport(tx: OrgTx, work: Work, failure: ImportFailure): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE file_import SET state = 'failed', failure = ${JSON.stringify(failure)}::jsonb, storage_key = NULL, lines = 0,
           handled = 0, position = 0, finished_at = clock_timestamp(), queued_at = NULL, lease_id = NULL, heartbeat_at = NULL
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Ends a step that does not get on, keeping what it did; `resumeStep` takes it up where it stands. Throws LeaseLost. */
export async function stopImport(tx: OrgTx, work: Work, failure: ImportFailure): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE file_import SET state = 'failed', failure = ${JSON.stringify(failure)}::jsonb, finished_at = clock_timestamp(),
           queued_at = NULL, lease_id = NULL, heartbeat_at = NULL
     WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
  if (held === 0) throw new LeaseLost()
}

/** Takes an import away for good, once its lines are gone. */
export async function deleteImport(tx: OrgTx, work: Work): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM file_import WHERE org_id = ${work.orgId}::uuid AND id = ${work.id}::uuid AND lease_id = ${work.lease}::uuid`
}

/** Deletes up to `limit` lines; answers how many. */
export async function deleteLines(
  tx: OrgTx,
  work: Pick<Work, 'orgId' | 'id'>,
  limit: number,
): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM import_line WHERE org_id = ${work.orgId}::uuid AND import_id = ${work.id}::uuid AND line = ANY (ARRAY(
      SELECT line FROM import_line WHERE org_id = ${work.orgId}::uuid AND import_id = ${work.id}::uuid ORDER BY line LIMIT ${limit}))`
}

export async function stageLines(tx: OrgTx, work: Work, lines: readonly StagedLine[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_line (org_id, import_id, line, cells)
    SELECT ${work.orgId}::uuid, ${work.id}::uuid, x.line, x.cells
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS x (line int, cells jsonb)
    ON CONFLICT DO NOTHING`
}

/** The next lines after one, in order. */
export async function takeLines(tx: OrgTx, work: Work, after: number, limit: number): Promise<StagedLine[]> {
  return tx.$queryRaw<StagedLine[]>`
    SELECT l.line, l.cells FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.line > ${after}::int ORDER BY l.line LIMIT ${limit}`
}

/** What a line did: whether it made its record, and the version it made of it; for people, the role it gave. */
export type LineEffect = {
  readonly created: boolean
  readonly version?: number
  readonly assignmentId?: string | null
}

/** What later lines of the file look for a line by, where it would make an account. */
export type LineLooks = {
  readonly nameKey: string
  readonly nameSketch: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly email: string | null
}

export type WrittenVerdict = LineVerdict & Partial<LineLooks> & { readonly effect?: LineEffect | null }

/** Keeps what was found of lines and, when they ran, what they did. */
export async function writeVerdicts(
  tx: OrgTx,
  work: Work,
  verdicts: readonly WrittenVerdict[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE import_line l SET outcome = x.outcome, faults = x.faults, matches = x.matches, match_key = x."matchKey",
           record_id = x."recordId", effect = x.effect, kept = NULL, name_key = x."nameKey", name_sketch = x."nameSketch",
           postcode = x.postcode, city = x.city, phone = x.phone, email = x.email
      FROM jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
        AS x (line int, outcome text, faults jsonb, matches jsonb, "matchKey" text, "recordId" uuid, effect jsonb,
              "nameKey" text, "nameSketch" text, postcode text, city text, phone text, email text)
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.line = x.line`
}

/**
 * Lines before a batch with one of its keys, or about one of the records it may be about, and the records they made. A
 * refused line is found by its key only, where it kept one.
 */
export async function earlierLines(
  tx: OrgTx,
  work: Work,
  asked: { readonly before: number; readonly keys: readonly string[]; readonly records: readonly string[] },
): Promise<Earlier & { readonly made: Set<string> }> {
  // The import is compared as text, which no index serves: of one being read the planner knows nothing, and would go
  // through all of its lines rather than look up keys.
  const ofImport = Prisma.sql`l.import_id::text = ${work.id}::text AND l.line < ${asked.before}::int`
  const keys = await tx.$queryRaw<{ key: string; line: number }[]>`
    SELECT l.match_key AS key, min(l.line) AS line FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.match_key = ANY (${[...asked.keys]}::text[]) AND ${ofImport} GROUP BY l.match_key`
  const records = await tx.$queryRaw<{ id: string; line: number; made: boolean }[]>`
    SELECT l.record_id AS id, min(l.line) AS line, coalesce(bool_or((l.effect ->> 'created')::boolean), false) AS made
      FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.record_id = ANY (${[...asked.records]}::uuid[]) AND ${ofImport} AND l.outcome <> 'refused' GROUP BY l.record_id`
  return {
    lineOfKey: new Map(keys.map(({ key, line }) => [key, line])),
    lineOfRecord: new Map(records.map(({ id, line }) => [id, line])),
    made: new Set(records.filter(({ made }) => made).map(({ id }) => id)),
  }
}

/** A line that did something, as an undo takes it up. */
export type DoneLine = { readonly line: number; readonly recordId: string; readonly effect: LineEffect }

/** The next lines that did something, after one. */
export async function takeDoneLines(
  tx: OrgTx,
  work: Work,
  after: number,
  limit: number,
): Promise<DoneLine[]> {
  return tx.$queryRaw<DoneLine[]>`
    SELECT l.line, l.record_id AS "recordId", l.effect FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.line > ${after}::int
       AND l.effect IS NOT NULL AND l.record_id IS NOT NULL
     ORDER BY l.line LIMIT ${limit}`
}

/** Notes why an undo left records as they are. */
export async function noteKept(
  tx: OrgTx,
  work: Work,
  kept: readonly { readonly line: number; readonly reason: KeptReason }[],
): Promise<void> {
  if (kept.length === 0) return
  await tx.$executeRaw`
    UPDATE import_line l SET kept = x.reason
      FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) AS x (line int, reason text)
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.line = x.line`
}

/**
 * Asks for the job of every organisation with an import that waits and that nobody works at: a killed worker's job stays
 * locked for hours. Answers how many. For the worker's role only.
 */
export async function enqueueWaitingImports(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('import', json_build_object('orgId', org_id), 'import:' || org_id)
      FROM waiting_imports(make_interval(secs => ${PATIENCE_SECONDS}::int)) AS org_id`
}
