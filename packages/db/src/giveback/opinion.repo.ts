import type { Opinions } from '@fieldback/domain/giveback/opinion'
import type { PushEffects } from '@fieldback/domain/sync/state'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'

/** What the reader thinks of his returns and of the insights that are shown; nobody else's is ever read this way. */
export async function findOwnOpinions({ tx, scope }: ScopedSql): Promise<Opinions> {
  const [own] = await tx.$queryRaw<Opinions[]>`
    SELECT (SELECT coalesce(json_agg(json_build_object('fieldId', o.field_id, 'kind', o.kind, 'useful', o.useful,
                     'day', to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) ORDER BY o.field_id, o.kind), '[]')
              FROM giveback_opinion o
             WHERE o.org_id = ${scope.orgId}::uuid AND o.membership_id = ${scope.membershipId}::uuid AND o.useful IS NOT NULL) AS returns,
           (SELECT coalesce(json_agg(json_build_object('key', o.key, 'useful', o.useful,
                     'day', to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) ORDER BY o.key), '[]')
              FROM insight_opinion o JOIN insight i ON i.org_id = o.org_id AND i.key = o.key
             WHERE o.org_id = ${scope.orgId}::uuid AND o.membership_id = ${scope.membershipId}::uuid AND o.useful IS NOT NULL) AS insights`
  return own ?? { returns: [], insights: [] }
}

type Author = { readonly orgId: string; readonly membershipId: string }

export const givebackOpinionWrite = (
  { orgId, membershipId }: Author,
  opinions: PushEffects['returnOpinions'],
): Prisma.Sql => Prisma.sql`
  INSERT INTO giveback_opinion (org_id, membership_id, field_id, kind, useful, at)
  SELECT ${orgId}::uuid, ${membershipId}::uuid, x."fieldId", x.kind, x.useful, x.at
    FROM jsonb_to_recordset(${JSON.stringify(opinions)}::jsonb) AS x ("fieldId" uuid, kind text, useful boolean, at timestamptz)
   ORDER BY x."fieldId", x.kind
  ON CONFLICT (org_id, membership_id, field_id, kind) DO UPDATE SET useful = excluded.useful, at = excluded.at`

/** Of insights that are shown in the author's branches or above: what a phone says of any other is nothing to keep. */
export const insightOpinionWrite = (
  { orgId, membershipId }: Author,
  branches: readonly Path[],
  opinions: PushEffects['insightOpinions'],
): Prisma.Sql => Prisma.sql`
  INSERT INTO insight_opinion (org_id, membership_id, key, useful, at)
  SELECT ${orgId}::uuid, ${membershipId}::uuid, x.key, x.useful, x.at
    FROM jsonb_to_recordset(${JSON.stringify(opinions)}::jsonb) AS x (key text, useful boolean, at timestamptz)
    JOIN insight i ON i.org_id = ${orgId}::uuid AND i.key = x.key
    JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
   WHERE EXISTS (SELECT 1 FROM unnest(${[...branches]}::text[]) AS b (path) WHERE starts_with(t.path, b.path) OR starts_with(b.path, t.path))
   ORDER BY x.key
  ON CONFLICT (org_id, membership_id, key) DO UPDATE SET useful = excluded.useful, at = excluded.at`
