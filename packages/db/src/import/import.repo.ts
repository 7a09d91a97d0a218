import {
  type ImportColumn,
  type ImportCounts,
  type ImportKind,
  type ImportLine,
  type ImportMapping,
  type ImportOptions,
  type ImportState,
  type ImportSummary,
  type LineOutcome,
  UNDO_DAYS,
} from '@fieldback/domain/import/import'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { enqueue } from '../sync/enqueue.ts'

export const NO_COUNTS: ImportCounts = { create: 0, update: 0, unchanged: 0, duplicate: 0, refused: 0 }

/** An import as it is kept; `waits` and `undoUntil` as of now. */
export type ImportRow = ImportSummary & {
  readonly format: { readonly encoding?: string; readonly separator?: string; readonly sheet?: string }
  readonly columns: readonly ImportColumn[]
  readonly mapping: ImportMapping
  readonly options: ImportOptions
}

/** Longer than a worker takes to be taken for dead, and another to begin. */
const STALLED_SECONDS = 30

const iso = (column: string) =>
  Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

// One import of an organisation is worked at: the one that asked first, unless somebody is at work on another already.
const SUMMARY = Prisma.sql`
  'id', f.id, 'kind', f.kind, 'fileName', f.file_name, 'state', f.state, 'lines', f.lines, 'handled', f.handled,
  'waits', f.queued_at IS NOT NULL AND EXISTS (
     SELECT 1 FROM file_import o WHERE o.org_id = f.org_id AND o.queued_at IS NOT NULL AND o.id <> f.id
        AND (o.queued_at, o.id) < (f.queued_at, f.id)),
  'stalled', f.queued_at IS NOT NULL AND NOT EXISTS (
     SELECT 1 FROM file_import o WHERE o.org_id = f.org_id AND o.queued_at IS NOT NULL
        AND coalesce(o.heartbeat_at, o.queued_at) > clock_timestamp() - make_interval(secs => ${STALLED_SECONDS}::int)),
  'counts', ${JSON.stringify(NO_COUNTS)}::jsonb || f.counts, 'failure', CASE WHEN f.state = 'failed' THEN f.failure END,
  'createdBy', coalesce((SELECT m.display_name FROM membership m WHERE m.org_id = f.org_id AND m.id = f.created_by), ''),
  'createdAt', ${iso('f.created_at')}, 'finishedAt', ${iso('f.finished_at')},
  'purged', f.purged_at IS NOT NULL,
  'undoUntil', CASE WHEN (f.state = 'done' OR (f.state = 'failed' AND f.failure ->> 'code' = 'STOPPED')) AND f.purged_at IS NULL AND f.finished_at > now() - make_interval(days => ${UNDO_DAYS}::int)
     THEN ${iso(`(f.finished_at + interval '${UNDO_DAYS} days')`)} END,
  'undone', CASE WHEN f.state IN ('undoing', 'undone') THEN json_build_object('back', f.back, 'kept', f.kept) END`
const ROW = Prisma.sql`json_build_object(${SUMMARY}, 'format', f.format, 'columns', f.columns, 'mapping', f.mapping, 'options', f.options)`

export type ImportPage = { readonly imports: readonly ImportSummary[]; readonly next: string | null }

/** Imports of the organisation, last first, `limit` at a time; `next` names the last one of this page. */
export async function listImports(
  { tx, scope }: ScopedDb,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<ImportPage> {
  const rows = await tx.$queryRaw<{ row: ImportSummary }[]>`
    SELECT json_build_object(${SUMMARY}) AS row FROM file_import f
     WHERE f.org_id = ${scope.orgId}::uuid AND f.removed_at IS NULL
       ${
         cursor === null
           ? Prisma.empty
           : Prisma.sql`AND (f.created_at, f.id) < (SELECT c.created_at, c.id FROM file_import c WHERE c.org_id = ${scope.orgId}::uuid AND c.id = ${cursor}::uuid)`
       }
     ORDER BY f.created_at DESC, f.id DESC LIMIT ${limit + 1}`
  const imports = rows.slice(0, limit).map(({ row }) => row)
  return { imports, next: rows.length > limit ? (imports.at(-1)?.id ?? null) : null }
}

/** One import, or null when the organisation has no such (or it was removed). `lock` holds it until the end. */
export async function findImport(
  { tx, scope }: Pick<ScopedDb, 'tx'> & { readonly scope: { readonly orgId: string } },
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<ImportRow | null> {
  const rows = await tx.$queryRaw<{ row: ImportRow }[]>`
    SELECT ${ROW} AS row FROM file_import f
     WHERE f.org_id = ${scope.orgId}::uuid AND f.id = ${id}::uuid AND f.removed_at IS NULL
     ${lock ? Prisma.sql`FOR NO KEY UPDATE OF f` : Prisma.empty}`
  return rows[0]?.row ?? null
}

export type LinesWanted = {
  readonly outcomes: readonly LineOutcome[] | null
  readonly kept: boolean
  /** Lines after this one. */
  readonly after: number
  readonly limit: number
}

/** Lines of an import in their order; `outcomes` null for all that have been looked at. */
export async function findLines(
  { tx, scope }: Pick<ScopedDb, 'tx'> & { readonly scope: { readonly orgId: string } },
  importId: string,
  { outcomes, kept, after, limit }: LinesWanted,
): Promise<{ lines: ImportLine[]; next: number | null }> {
  const rows = await tx.$queryRaw<{ row: ImportLine }[]>`
    SELECT json_build_object('line', l.line, 'cells', l.cells, 'outcome', l.outcome, 'faults', l.faults, 'matches', l.matches,
                             'kept', l.kept) AS row
      FROM import_line l
     WHERE l.org_id = ${scope.orgId}::uuid AND l.import_id = ${importId}::uuid AND l.line > ${after}::int
       ${outcomes === null ? Prisma.sql`AND l.outcome IS NOT NULL` : Prisma.sql`AND l.outcome = ANY (${[...outcomes]}::text[])`}
       ${kept ? Prisma.sql`AND l.kept IS NOT NULL` : Prisma.empty}
     ORDER BY l.line LIMIT ${limit + 1}`
  const lines = rows.slice(0, limit).map(({ row }) => row)
  return { lines, next: rows.length > limit ? (lines.at(-1)?.line ?? null) : null }
}

export type NewImport = {
  readonly id: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly storageKey: string
}

/** Has the worker look, a day later, whether the file that is about to be kept was noted. */
export async function watchFile({ tx, scope }: ScopedDb, importId: string): Promise<void> {
  const payload = JSON.stringify({ orgId: scope.orgId, importId })
  await tx.$executeRaw`SELECT enqueue_job('import_file', ${payload}::json, ${`import_file:${importId}`})`
}

/** Notes a file that has arrived, for the worker to read. */
export async function insertImport({ tx, scope }: ScopedDb, made: NewImport): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO file_import (org_id, id, kind, file_name, storage_key, state, created_by, queued_at, options)
    VALUES (${scope.orgId}::uuid, ${made.id}::uuid, ${made.kind}, ${made.fileName}, ${made.storageKey}, 'reading',
            ${scope.membershipId}::uuid, clock_timestamp(), '{"duplicates":"hold","territoryId":null}')`
  await enqueue(tx, 'import', scope.orgId)
}

export type Step = {
  readonly id: string
  readonly state: Extract<ImportState, 'trying' | 'importing' | 'undoing'>
  readonly mapping?: ImportMapping
  readonly options?: ImportOptions
}

/**
 * Asks the worker for a step from its beginning; whoever is still at the one before loses it at its next batch. The
 * state has been checked, under lock.
 */
export async function startStep({ tx, scope }: ScopedDb, step: Step): Promise<void> {
  const { mapping = null, options = null } = step
  await tx.$executeRaw`
    UPDATE file_import SET state = ${step.state}, failure = NULL, handled = 0, position = 0, lease_id = NULL, heartbeat_at = NULL,
           counts = CASE WHEN ${step.state} = 'undoing' THEN counts ELSE '{}' END, back = 0, kept = 0,
           mapping = coalesce(${mapping && JSON.stringify(mapping)}::jsonb, mapping),
           options = coalesce(${options && JSON.stringify(options)}::jsonb, options),
           queued_at = coalesce(queued_at, clock_timestamp())
     WHERE org_id = ${scope.orgId}::uuid AND id = ${step.id}::uuid`
  await enqueue(tx, 'import', scope.orgId)
}

/** Asks the worker to go on with a step that stopped on the way. The state has been checked, under lock. */
export async function resumeStep(
  { tx, scope }: ScopedDb,
  { id, state }: Pick<Step, 'id' | 'state'>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE file_import SET state = ${state}, failure = NULL, finished_at = NULL, lease_id = NULL, heartbeat_at = NULL,
           queued_at = coalesce(queued_at, clock_timestamp())
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  await enqueue(tx, 'import', scope.orgId)
}

/** Puts an import away; the worker then deletes its lines and its file. */
export async function removeImport({ tx, scope }: ScopedDb, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE file_import SET removed_at = now(), lease_id = NULL, heartbeat_at = NULL, queued_at = coalesce(queued_at, clock_timestamp())
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  await enqueue(tx, 'import', scope.orgId)
}
