import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** A photo on its way, or here. */
export type MediaRow = {
  readonly id: string
  readonly membershipId: string
  readonly reportId: string
  readonly fieldId: string
  readonly bytes: number
  readonly sha256: string
  readonly storageKey: string
  /** Chunks that are here, from the beginning. */
  readonly received: number
  readonly state: 'receiving' | 'kept' | 'refused'
}

/** A photo by its id, whoever sent it: the caller checks his right. null: the organisation has none. */
export async function findMedia({ tx, scope }: ScopedDb, id: string): Promise<MediaRow | null> {
  const rows = await tx.$queryRaw<MediaRow[]>`
    SELECT id, membership_id AS "membershipId", report_id AS "reportId", field_id AS "fieldId", bytes, sha256,
           storage_key AS "storageKey", received, state
      FROM media WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  return rows[0] ?? null
}

type Named = Pick<MediaRow, 'id' | 'reportId' | 'fieldId'>

/** Whether a report of the reader's own names a photo in its answer to a question that asks for photos. */
export async function isNamedByOwn(
  { tx, scope }: ScopedDb,
  { id, reportId, fieldId }: Named,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM report r
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = ${fieldId}::uuid
       AND v.version = (r."values" -> ${fieldId} ->> 'v')::int AND v.spec ->> 'type' = 'photo'
     WHERE r.org_id = ${scope.orgId}::uuid AND r.id = ${reportId}::uuid AND r.author_id = ${scope.membershipId}::uuid
       AND (r."values" -> ${fieldId} -> 'x') @> to_jsonb(${id}::text)`
  return rows.length > 0
}

/** Photos that the reader began to send since an instant. */
export async function countSent({ tx, scope }: ScopedDb, since: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM media
     WHERE org_id = ${scope.orgId}::uuid AND membership_id = ${scope.membershipId}::uuid AND created_at >= ${since}`
  return rows[0]?.n ?? 0
}

/** Begins one; two at once are one. */
export async function insertMedia(
  { tx, scope }: ScopedDb,
  { id, reportId, fieldId, bytes, sha256, storageKey }: Omit<MediaRow, 'membershipId' | 'received' | 'state'>,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO media (org_id, id, membership_id, report_id, field_id, bytes, sha256, storage_key)
    VALUES (${scope.orgId}::uuid, ${id}::uuid, ${scope.membershipId}::uuid, ${reportId}::uuid, ${fieldId}::uuid,
            ${bytes}, ${sha256}, ${storageKey})
    ON CONFLICT DO NOTHING`
}

/** Notes that a chunk is here; nothing when it was already, or when the photo is over. */
export async function noteChunk({ tx, scope }: ScopedDb, id: string, chunk: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE media SET received = ${chunk + 1}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid AND received = ${chunk} AND state = 'receiving'`
}

/** What came was not what had been announced: it begins again. */
export async function startOver({ tx, scope }: ScopedDb, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE media SET received = 0 WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid AND state = 'receiving'`
}

/** It is whole: kept as it was made anew, or refused as no picture. */
export async function closeMedia(
  { tx, scope }: ScopedDb,
  id: string,
  size: { readonly width: number; readonly height: number } | null,
): Promise<void> {
  const { width = null, height = null } = size ?? {}
  await tx.$executeRaw`
    UPDATE media SET state = ${size ? 'kept' : 'refused'}, width = ${width}, height = ${height},
           kept_at = ${size ? Prisma.sql`now()` : Prisma.sql`NULL`}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid AND state = 'receiving'`
}

/**
 * Photos of the reader's own, begun before an instant, that never became one or that their report names no more; at most
 * `limit`.
 */
export async function staleMedia(
  { tx, scope }: ScopedDb,
  before: Date,
  limit: number,
): Promise<Pick<MediaRow, 'id' | 'bytes' | 'storageKey'>[]> {
  return tx.$queryRaw<Pick<MediaRow, 'id' | 'bytes' | 'storageKey'>[]>`
    SELECT m.id, m.bytes, m.storage_key AS "storageKey"
      FROM media m JOIN report r ON r.org_id = ${scope.orgId}::uuid AND r.id = m.report_id
     WHERE m.org_id = ${scope.orgId}::uuid AND m.membership_id = ${scope.membershipId}::uuid AND m.created_at < ${before}
       AND (m.state <> 'kept' OR ((r."values" -> m.field_id::text -> 'x') @> to_jsonb(m.id::text)) IS NOT TRUE)
     LIMIT ${limit}`
}

export async function deleteMedia({ tx, scope }: ScopedDb, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM media WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
}

/** Ids of the photos of a report that are here. */
export async function mediaKept({ tx, scope }: ScopedDb, reportId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM media
     WHERE org_id = ${scope.orgId}::uuid AND report_id = ${reportId}::uuid AND state = 'kept' ORDER BY id`
  return rows.map(({ id }) => id)
}
