import type { Answers } from '@fieldback/domain/field/answer'
import type { ToldArrangement } from '@fieldback/domain/territory/arrangement'
import type { Homed } from '@fieldback/domain/territory/own-sector'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import type { Db, OrgTx } from '../client.ts'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb, ScopedSql } from '../scoped-db.ts'

/** Something asked of a sub-sector, as the job takes it up. */
export type Arrangement = {
  readonly id: string
  readonly sectorId: string
  readonly territoryId: string
  readonly askedBy: string
  readonly ask: SectorAsk
  readonly state: 'waiting' | 'done' | 'refused'
  readonly name: string | null
  readonly nameBefore: string | null
  readonly moved: number
  readonly attempts: number
  readonly undone: boolean
}

const ARRANGEMENT = Prisma.sql`s.id, s.sector_id AS "sectorId", s.territory_id AS "territoryId", s.asked_by AS "askedBy", s.ask, s.state,
  s.name, s.name_before AS "nameBefore", s.moved, s.attempts, s.undone_by IS NOT NULL AS undone`

/** The first that waits, locked: nobody else works on the sub-sectors of this organisation. */
export async function nextArrangement(tx: OrgTx, orgId: string): Promise<Arrangement | null> {
  const rows = await tx.$queryRaw<Arrangement[]>`
    SELECT ${ARRANGEMENT} FROM sector_arrangement s
     WHERE s.org_id = ${orgId}::uuid AND s.state = 'waiting' ORDER BY s.place LIMIT 1 FOR UPDATE`
  return rows[0] ?? null
}

/** One of them, for whoever takes it back. */
export async function findArrangement({ tx, scope }: ScopedDb, id: string): Promise<Arrangement | null> {
  const rows = await tx.$queryRaw<Arrangement[]>`
    SELECT ${ARRANGEMENT} FROM sector_arrangement s WHERE s.org_id = ${scope.orgId}::uuid AND s.id = ${id}::uuid`
  return rows[0] ?? null
}

export async function insertArrangement(
  { tx, scope }: ScopedDb,
  {
    id,
    sectorId,
    territoryId,
    ask,
    at,
  }: Pick<Arrangement, 'id' | 'sectorId' | 'territoryId' | 'ask'> & { readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sector_arrangement (org_id, id, sector_id, territory_id, asked_by, asked_at, ask, changed_at)
    VALUES (${scope.orgId}::uuid, ${id}::uuid, ${sectorId}::uuid, ${territoryId}::uuid, ${scope.membershipId}::uuid, ${at},
            ${JSON.stringify(ask)}::jsonb, ${at})`
}

export type Settled = {
  readonly state: 'done' | 'refused'
  readonly code: string | null
  readonly kept: number
}

export async function settleArrangement(
  tx: OrgTx,
  orgId: string,
  { id, at, state, code, kept }: Settled & { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sector_arrangement SET state = ${state}, code = ${code}, kept = ${kept}, changed_at = ${at}
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`
}

/** How the sub-sector is called after it, and was before. */
export async function noteName(
  { tx, scope }: ScopedDb,
  id: string,
  { name, before }: { readonly name: string; readonly before: string | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sector_arrangement SET name = ${name}, name_before = coalesce(name_before, ${before})
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

export async function noteUndone({ tx, scope }: ScopedDb, id: string, by: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE sector_arrangement SET undone_by = ${by}::uuid WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** The work failed: it is taken up after all others. */
export async function notePostponed(tx: OrgTx, orgId: string, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE sector_arrangement SET attempts = attempts + 1, place = nextval(pg_get_serial_sequence('sector_arrangement', 'place'))
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`
}

/** Notes accounts that were just taken elsewhere, for whoever takes it back. */
export async function noteMoved(
  { tx, scope }: ScopedDb,
  id: string,
  moved: readonly { readonly accountId: string; readonly from: string; readonly to: string }[],
): Promise<void> {
  await tx.$executeRaw`
    WITH noted AS (
      INSERT INTO arranged_account (org_id, arrangement_id, account_id, from_id, to_id)
      SELECT ${scope.orgId}::uuid, ${id}::uuid, x."accountId", x."from", x."to"
        FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS x ("accountId" uuid, "from" uuid, "to" uuid)
      ON CONFLICT DO NOTHING)
    UPDATE sector_arrangement SET moved = moved + ${moved.length} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** Accounts that an arrangement moved and that are still where it put them, with where they came from. */
export async function stillMoved(
  { tx, scope }: ScopedDb,
  id: string,
): Promise<{ readonly id: string; readonly from: string }[]> {
  return tx.$queryRaw<{ id: string; from: string }[]>`
    SELECT a.id, m.from_id AS "from" FROM arranged_account m
      JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.id = m.account_id AND a.territory_id = m.to_id AND a.deleted_at IS NULL
     WHERE m.org_id = ${scope.orgId}::uuid AND m.arrangement_id = ${id}::uuid
     ORDER BY a.id`
}

/** An account with what its contacts say to one question. */
export type SectorAccount = Homed & { readonly contacts: readonly { readonly values: Answers }[] }

/**
 * Accounts whose home is a territory or directly under it, at most `limit`, with their answers to one question alone and
 * those of their contacts.
 */
export async function accountsAround(
  { tx, scope }: ScopedDb,
  territoryId: string,
  { fieldId, limit }: { readonly fieldId: string | null; readonly limit: number },
): Promise<SectorAccount[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const answerOf = (values: Prisma.Sql) =>
    fieldId === null
      ? Prisma.sql`'{}'::jsonb`
      : Prisma.sql`CASE WHEN ${values} ? ${fieldId} THEN jsonb_build_object(${fieldId}::text, ${values} -> ${fieldId}) ELSE '{}' END`
  const contacts =
    fieldId === null
      ? Prisma.sql`'[]'::jsonb`
      : Prisma.sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('values', ${answerOf(Prisma.sql`c."values"`)})), '[]')
          FROM contact c WHERE c.org_id = ${org} AND c.account_id = a.id AND c.deleted_at IS NULL)`
  return tx.$queryRaw<SectorAccount[]>`
    SELECT a.id, a.territory_id AS "territoryId", a.city, a.street, ${answerOf(Prisma.sql`a."values"`)} AS "values", ${contacts} AS contacts
      FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND a.deleted_at IS NULL
     WHERE t.org_id = ${org} AND (t.id = ${territoryId}::uuid OR t.parent_id = ${territoryId}::uuid)
     ORDER BY a.id LIMIT ${limit}`
}

/** The sub-sectors of a territory, open and closed. */
export type SubSector = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly rank: 3
  readonly made: boolean
  readonly closed: boolean
}

export async function subSectorsOf({ tx, scope }: ScopedDb, territoryId: string): Promise<SubSector[]> {
  return tx.$queryRaw<SubSector[]>`
    SELECT t.id, t.name, t.path, t.rank, t.made_by IS NOT NULL AS made, t.closed_at IS NOT NULL AS closed FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.parent_id = ${territoryId}::uuid AND t.rank = 3
     ORDER BY t.name, t.id`
}

/** Says who made a sub-sector in his own sector. */
export async function noteMaker({ tx, scope }: ScopedDb, sectorId: string, by: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory SET made_by = ${by}::uuid WHERE org_id = ${scope.orgId}::uuid AND id = ${sectorId}::uuid`
}

/** What was asked of the sub-sectors of some territories since an instant, the last first. */
export async function toldArrangements(
  { tx, scope }: ScopedSql,
  territoryIds: readonly string[],
  since: Date,
  limit: number,
): Promise<ToldArrangement[]> {
  if (territoryIds.length === 0) return []
  const rows = await tx.$queryRaw<{ row: ToldArrangement }[]>`
    SELECT json_build_object('id', s.id, 'sectorId', s.sector_id, 'territoryId', s.territory_id, 'ask', s.ask ->> 'of',
             'name', coalesce(s.name, t.name, s.ask ->> 'name', ''), 'by', m.display_name, 'own', s.asked_by = ${scope.membershipId}::uuid,
             'at', ${isoInstant('s.asked_at')}, 'state', s.state, 'code', s.code, 'moved', s.moved, 'kept', s.kept,
             'undone', s.undone_by IS NOT NULL) AS row
      FROM sector_arrangement s
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = s.asked_by
      LEFT JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = s.sector_id
     WHERE s.org_id = ${scope.orgId}::uuid AND s.territory_id = ANY (${[...territoryIds]}::uuid[]) AND s.changed_at >= ${since}
     ORDER BY s.changed_at DESC, s.place DESC LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** Whether something became of what was asked of the sub-sectors of some territories since an instant. */
export async function hasArrangementSince(
  { tx, scope }: ScopedSql,
  territoryIds: readonly string[],
  since: Date,
): Promise<boolean> {
  if (territoryIds.length === 0) return false
  const rows = await tx.$queryRaw<{ one: number }[]>`
    SELECT 1 AS one FROM sector_arrangement
     WHERE org_id = ${scope.orgId}::uuid AND territory_id = ANY (${[...territoryIds]}::uuid[]) AND changed_at > ${since} LIMIT 1`
  return rows.length > 0
}

/** Asks for the work of organisations where some waits, which was lost with a worker. */
export async function enqueueWaitingArrangements(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('arrange', json_build_object('orgId', org_id), 'arrange:' || org_id) FROM waiting_arrangements() AS org_id`
}
