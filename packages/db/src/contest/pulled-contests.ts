import { wordShown } from '@fieldback/domain/contest/may-read-words'
import type { ContestRow, Contests } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { holdersOf } from '../assignment/assignment.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { isoInstant } from './pushed-contests.ts'

const ANSWER_JSON = Prisma.sql`json_build_object('kind', a.kind, 'reason', a.reason, 'answeredAt', ${isoInstant('a.answered_at')},
  'fieldVersion', a.field_version)`

/** Row by row, of the few that one person contests: a join would make the planner read every territory. */
const OWNER_PATH = Prisma.sql`(SELECT t.path FROM field_definition d JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
  WHERE d.org_id = k.org_id AND d.id = k.field_id)`

type Own = Omit<ContestRow, 'wordShown'> & { readonly openly: boolean; readonly ownerPath: Path }
type Held = { readonly mine: readonly Own[]; readonly fields: Contests['fields'] }

/**
 * The reader's own contests, open or answered since an instant, and what is contested and was answered about questions
 * that he is asked: counts, and no words but his own.
 */
export async function pullContests(
  sdb: ScopedSql,
  fieldIds: readonly string[],
  since: Date,
): Promise<Contests> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const [held] = await tx.$queryRaw<Held[]>`
    SELECT (SELECT coalesce(json_agg(json_build_object('id', k.id, 'fieldId', k.field_id, 'fieldVersion', k.field_version,
                     'reason', k.reason, 'word', k.word, 'openly', k.openly, 'openedAt', ${isoInstant('k.opened_at')},
                     'ownerPath', ${OWNER_PATH}, 'answer', CASE WHEN a.id IS NOT NULL THEN ${ANSWER_JSON} END)
                     ORDER BY k.opened_at DESC, k.id), '[]')
              FROM contest k
              LEFT JOIN contest_answer a ON a.org_id = k.org_id AND a.id = k.answer_id
             WHERE k.org_id = ${org} AND k.membership_id = ${scope.membershipId}::uuid AND k.withdrawn_at IS NULL
               AND (a.id IS NULL OR a.answered_at >= ${since})) AS mine,
           (SELECT coalesce(json_agg(json_build_object('fieldId', f.id, 'open', coalesce(n.open, 0), 'answer', l.answer) ORDER BY f.id), '[]')
              FROM unnest(${[...fieldIds]}::uuid[]) AS f (id)
              LEFT JOIN (SELECT k.field_id, count(DISTINCT k.membership_id)::int AS open FROM contest k
                          WHERE k.org_id = ${org} AND k.withdrawn_at IS NULL AND k.answer_id IS NULL
                            AND k.field_id = ANY (${[...fieldIds]}::uuid[]) GROUP BY k.field_id) n ON n.field_id = f.id
              LEFT JOIN (SELECT DISTINCT ON (a.field_id) a.field_id, ${ANSWER_JSON} AS answer FROM contest_answer a
                          WHERE a.org_id = ${org} AND a.field_id = ANY (${[...fieldIds]}::uuid[]) AND a.answered_at >= ${since}
                          ORDER BY a.field_id, a.answered_at DESC, a.id) l ON l.field_id = f.id
             WHERE n.open IS NOT NULL OR l.answer IS NOT NULL) AS fields`
  const { mine = [], fields = [] } = held ?? {}
  const shown = await shownWords(sdb, mine)
  return {
    mine: mine.map(({ ownerPath, openly, ...row }) => ({ ...row, wordShown: shown.has(row.id) })),
    fields,
  }
}

/** Which of one's own words others may read; people are counted only where one depends on it. */
async function shownWords(sdb: ScopedSql, mine: readonly Own[]): Promise<Set<string>> {
  const shown = new Set<string>()
  const reps = new Map<Path, number>()
  for (const contest of mine) {
    if (contest.word === null) continue
    const { ownerPath } = contest
    if (!contest.openly && !reps.has(ownerPath))
      reps.set(ownerPath, countPeople(await holdersOf(sdb, ownerPath, ['rep'])))
    if (wordShown(contest, reps.get(ownerPath) ?? 0)) shown.add(contest.id)
  }
  return shown
}

const countPeople = (holders: readonly { readonly membershipId: string }[]): number =>
  new Set(holders.map(({ membershipId }) => membershipId)).size
