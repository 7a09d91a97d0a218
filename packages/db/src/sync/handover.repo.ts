import type { MediaRow } from '../media/media.repo.ts'
import type { OrgSql } from '../org-sql.ts'

export type PhoneIds = { readonly orgId: string; readonly membershipId: string; readonly deviceId: string }

/** What a phone's credential rests on. `seed`: 32 bytes in hexadecimal, secret. */
export type PhoneStanding = {
  readonly seed: string
  /** When the phone or its person was withdrawn, whichever came first, in milliseconds since 1970. */
  readonly revokedAt: number | null
}

/** null: there is no such phone in the transaction's organisation. */
export async function findPhoneStanding(sql: OrgSql, phone: PhoneIds): Promise<PhoneStanding | null> {
  const rows = await sql.$queryRaw<PhoneStanding[]>`
    SELECT encode(o.phone_seed, 'hex') AS seed,
           extract(epoch FROM least(d.revoked_at, m.revoked_at))::float8 * 1000 AS "revokedAt"
      FROM device d
      JOIN membership m ON m.org_id = d.org_id AND m.id = d.membership_id
      JOIN organisation o ON o.id = d.org_id
     WHERE d.org_id = ${phone.orgId}::uuid AND d.id = ${phone.deviceId}::uuid AND d.membership_id = ${phone.membershipId}::uuid`
  return rows[0] ?? null
}

export type HandedOverRow = {
  readonly opId: string | null
  readonly bodyHash: string
  readonly code: 'OP_HANDED_OVER'
  readonly operation: unknown
}

/**
 * Keeps what a withdrawn phone hands over for whoever manages its person's last branch, once each (a contest has no name,
 * ADR 017, an answer to a note is for its author, ADR 043, and a photo whose question is not known might be seen by who may not: they wait for nobody): what the organisation had accepted already,
 * to the letter, is left out. Answers how many pieces this phone has there now.
 */
export async function keepHandedOver(
  sql: OrgSql,
  { orgId, membershipId, deviceId }: PhoneIds,
  rows: readonly HandedOverRow[],
): Promise<number> {
  if (rows.length > 0) {
    await sql.$executeRaw`
      INSERT INTO sync_quarantine (org_id, id, op_id, body_hash, device_id, membership_id, code, detail, operation, territory_id)
      SELECT ${orgId}::uuid, gen_random_uuid(), q."opId", q."bodyHash", ${deviceId}::uuid, ${membershipId}::uuid, q.code, '{"path": []}', q.operation,
             CASE WHEN coalesce(q.operation ->> 'kind', '') !~ '^(coaching|contest|giveback|insight|operation)[.]'
                   AND (q.operation -> 'photo' IS NULL OR q.operation -> 'photo' ->> 'fieldId' IS NOT NULL) THEN coalesce(
               (SELECT a.territory_id FROM assignment a WHERE a.org_id = ${orgId}::uuid AND a.membership_id = ${membershipId}::uuid
                 ORDER BY a.valid_from DESC, a.id LIMIT 1),
               (SELECT t.id FROM territory t WHERE t.org_id = ${orgId}::uuid AND t.parent_id IS NULL ORDER BY t.id LIMIT 1)) END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS q ("opId" uuid, "bodyHash" text, code text, operation jsonb)
       WHERE NOT EXISTS (SELECT 1 FROM sync_receipt r WHERE r.org_id = ${orgId}::uuid AND r.op_id = q."opId" AND r.body_hash = q."bodyHash")
      ON CONFLICT DO NOTHING`
  }
  const [counted] = await sql.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM sync_quarantine WHERE org_id = ${orgId}::uuid AND device_id = ${deviceId}::uuid`
  return counted?.n ?? 0
}

/** An accepted report of a phone's person that names a photo, and what is here of that photo. */
export type NamingReport = {
  readonly reportId: string
  readonly fieldId: string
  readonly media: Pick<MediaRow, 'bytes' | 'state'> | null
}

/** null: no accepted report of this person's names the photo in its answer to a question that asks for photos. */
export async function namingReport(
  sql: OrgSql,
  { orgId, membershipId }: PhoneIds,
  photoId: string,
): Promise<NamingReport | null> {
  const rows = await sql.$queryRaw<NamingReport[]>`
    SELECT r.id AS "reportId", v.key AS "fieldId",
           CASE WHEN m.id IS NOT NULL
                THEN jsonb_build_object('bytes', m.bytes, 'state', m.state) END AS media
      FROM report r
      CROSS JOIN LATERAL jsonb_each(r."values") v
      JOIN field_version f ON f.org_id = ${orgId}::uuid AND f.field_id = v.key::uuid
       AND f.version = (v.value ->> 'v')::int AND f.spec ->> 'type' = 'photo'
      LEFT JOIN media m ON m.org_id = ${orgId}::uuid AND m.id = ${photoId}::uuid
     WHERE r.org_id = ${orgId}::uuid AND r.author_id = ${membershipId}::uuid
       AND (v.value -> 'x') @> to_jsonb(${photoId}::text) LIMIT 1`
  return rows[0] ?? null
}

type Joined = Pick<
  MediaRow,
  'id' | 'membershipId' | 'reportId' | 'fieldId' | 'bytes' | 'sha256' | 'storageKey'
>

/**
 * Notes where a photo is going to lie, so that no file is there that nothing names; answers where, which is where the phone
 * had begun to send it if it had. null: it is somebody else's.
 */
export async function noteJoined(
  sql: OrgSql,
  orgId: string,
  photo: Joined,
): Promise<{ readonly storageKey: string } | null> {
  const rows = await sql.$queryRaw<{ storageKey: string }[]>`
    INSERT INTO media (org_id, id, membership_id, report_id, field_id, bytes, sha256, storage_key)
    VALUES (${orgId}::uuid, ${photo.id}::uuid, ${photo.membershipId}::uuid, ${photo.reportId}::uuid, ${photo.fieldId}::uuid,
            ${photo.bytes}, ${photo.sha256}, ${photo.storageKey})
    ON CONFLICT (org_id, id) DO UPDATE SET storage_key = media.storage_key
     WHERE media.membership_id = excluded.membership_id
    RETURNING storage_key AS "storageKey"`
  return rows[0] ?? null
}

/** Notes that it is there. */
export async function keepJoined(
  sql: OrgSql,
  orgId: string,
  { id, width, height }: { readonly id: string; readonly width: number; readonly height: number },
): Promise<void> {
  await sql.$executeRaw`
    UPDATE media SET state = 'kept', width = ${width}, height = ${height}, kept_at = now()
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid AND state = 'receiving'`
}

/** The question that a photo answers in what this phone handed over; null when nothing there names it. */
export async function namingField(
  sql: OrgSql,
  { orgId, deviceId }: PhoneIds,
  photoId: string,
): Promise<string | null> {
  const rows = await sql.$queryRaw<{ key: string }[]>`
    SELECT v.key FROM sync_quarantine q
      CROSS JOIN LATERAL (SELECT coalesce(q.operation -> 'body' -> 'values', q.operation -> 'draft' -> 'answers') AS answers) a
      CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(a.answers) WHEN 'object' THEN a.answers ELSE '{}' END) v
     WHERE q.org_id = ${orgId}::uuid AND q.device_id = ${deviceId}::uuid
       AND (v.value @> to_jsonb(${photoId}::text) OR v.value -> 'x' @> to_jsonb(${photoId}::text)) LIMIT 1`
  return rows[0]?.key ?? null
}
