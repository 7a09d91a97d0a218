import type { ContestAnswerKind, ContestReason } from '@fieldback/domain/contest/contest'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { ContestAnswerRow, TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { ScopedDb } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'
import { isoInstant } from './pushed-contests.ts'

/** An open contest without whoever wrote it: no statement of this file reads the person. */
export type OpenContest = {
  readonly id: string
  readonly reason: ContestReason
  readonly word: string | null
  readonly openly: boolean
  readonly openedAt: string
}

export type ContestedQuestion = {
  readonly fieldId: string
  readonly version: number
  readonly label: Localised
  readonly retired: boolean
  readonly owner: TerritoryRow
  /** Oldest first. */
  readonly contests: readonly OpenContest[]
}

type Place = { readonly id: string; readonly path: Path }

/** Questions with open contests: of the territories on a path, and of those directly below its end. */
export async function contestedAround({ tx, scope }: ScopedDb, place: Place): Promise<ContestedQuestion[]> {
  return tx.$queryRaw<ContestedQuestion[]>`
    SELECT d.id AS "fieldId", d.current_version AS version, v.spec -> 'label' AS label, d.retired_at IS NOT NULL AS retired,
           ${TERRITORY_JSON} AS owner, c.contests
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN LATERAL (
        SELECT json_agg(json_build_object('id', k.id, 'reason', k.reason, 'word', k.word, 'openly', k.openly,
                 'openedAt', ${isoInstant('k.opened_at')}) ORDER BY k.opened_at, k.id) AS contests
          FROM contest k
         WHERE k.org_id = ${scope.orgId}::uuid AND k.field_id = d.id AND k.withdrawn_at IS NULL AND k.answer_id IS NULL
      ) c ON c.contests IS NOT NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND (t.id = ANY (${pathIds(place.path)}::uuid[]) OR t.parent_id = ${place.id}::uuid)
     ORDER BY t.path, d.id`
}

export type AnsweredQuestion = ContestAnswerRow & {
  readonly id: string
  readonly fieldId: string
  readonly label: Localised
  readonly owner: TerritoryRow
  /** Contests it answered. */
  readonly people: number
}

/** What was answered since an instant about questions of the territories on a path, latest first. */
export async function answeredOn(
  { tx, scope }: ScopedDb,
  path: Path,
  since: Date,
  limit: number,
): Promise<AnsweredQuestion[]> {
  return tx.$queryRaw<AnsweredQuestion[]>`
    SELECT a.id, a.field_id AS "fieldId", v.spec -> 'label' AS label, ${TERRITORY_JSON} AS owner, a.kind, a.reason,
           ${isoInstant('a.answered_at')} AS "answeredAt", a.field_version AS "fieldVersion",
           (SELECT count(*) FROM contest k WHERE k.org_id = ${scope.orgId}::uuid AND k.answer_id = a.id)::int AS people
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN contest_answer a ON a.org_id = ${scope.orgId}::uuid AND a.field_id = d.id AND a.answered_at >= ${since}
      JOIN field_version v ON v.org_id = a.org_id AND v.field_id = a.field_id AND v.version = a.field_version
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ANY (${pathIds(path)}::uuid[])
     ORDER BY a.answered_at DESC, a.id
     LIMIT ${limit}`
}

export type NewAnswer = {
  readonly id: string
  readonly fieldId: string
  readonly fieldVersion: number
  readonly kind: ContestAnswerKind
  readonly reason: string | null
  readonly at: Date
}

/** Answers those of the contests that are still open; how many there were. Without any, nothing is written. */
export async function answerContests(
  { tx, scope }: ScopedDb,
  answer: NewAnswer,
  contestIds: readonly string[],
): Promise<number> {
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT k.id FROM contest k
     WHERE k.org_id = ${scope.orgId}::uuid AND k.field_id = ${answer.fieldId}::uuid AND k.id = ANY (${[...contestIds]}::uuid[])
       AND k.withdrawn_at IS NULL AND k.answer_id IS NULL
     ORDER BY k.id FOR NO KEY UPDATE OF k`
  if (open.length === 0) return 0
  await tx.$executeRaw`
    INSERT INTO contest_answer (org_id, id, field_id, field_version, kind, reason, answered_by, answered_at)
    VALUES (${scope.orgId}::uuid, ${answer.id}::uuid, ${answer.fieldId}::uuid, ${answer.fieldVersion}, ${answer.kind}, ${answer.reason},
            ${scope.membershipId}::uuid, ${answer.at})`
  return tx.$executeRaw`
    UPDATE contest SET answer_id = ${answer.id}::uuid, version = version + 1
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${open.map(({ id }) => id)}::uuid[])`
}
