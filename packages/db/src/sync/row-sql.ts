import { Prisma } from '../generated/prisma/client.ts'

/** Rows as JSON in the shape of domain/sync/pull.ts: days as YYYY-MM-DD, no Date objects on the way. */
export const ACCOUNT_JSON = Prisma.sql`json_build_object(
  'id', a.id, 'territoryId', a.territory_id, 'kind', a.kind, 'name', a.name, 'ref', a.ref, 'activity', a.activity,
  'street', a.street, 'postcode', a.postcode, 'city', a.city, 'latitude', a.latitude, 'longitude', a.longitude,
  'phone', a.phone, 'phoneRaw', a.phone_raw, 'email', a.email, 'emailRaw', a.email_raw,
  'visitEveryDays', a.visit_every_days, 'priority', a.priority, 'priorityReason', a.priority_reason,
  'lastVisitDay', a.last_visit_day, 'values', a."values", 'version', a.version)`

export const CONTACT_JSON = Prisma.sql`json_build_object(
  'id', c.id, 'accountId', c.account_id, 'firstName', c.first_name, 'lastName', c.last_name, 'jobTitle', c.job_title,
  'phone', c.phone, 'phoneRaw', c.phone_raw, 'email', c.email, 'emailRaw', c.email_raw,
  'optedOut', c.opted_out_at IS NOT NULL, 'values', c."values", 'version', c.version)`

export const REPORT_STATE_JSON = Prisma.sql`json_build_object(
  'id', r.id, 'accountId', r.account_id, 'contactId', r.contact_id, 'territoryId', r.territory_id,
  'authorId', r.author_id, 'kind', r.kind, 'outcome', r.outcome, 'day', r.day, 'note', r.note,
  'fieldSet', r.field_set, 'values', r."values", 'status', r.status, 'missing', r.missing,
  'durationSeconds', r.duration_seconds,
  'capturedAt', to_char(r.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'version', r.version)`

export const CALLBACK_JSON = Prisma.sql`json_build_object(
  'id', b.id, 'accountId', b.account_id, 'contactId', b.contact_id, 'assigneeId', b.assignee_id, 'reason', b.reason,
  'dueDay', b.due_day, 'done', b.done_at IS NOT NULL, 'version', b.version, 'formerId', b.former_id)`

/** The same as a phone is told it: with the name of who promised it, when that is not its reader. */
export const callbackTold = (readerId: string): Prisma.Sql => Prisma.sql`(${CALLBACK_JSON}::jsonb
  || CASE WHEN coalesce(b.former_id, b.assignee_id) = ${readerId}::uuid THEN '{}' ELSE jsonb_build_object('whose',
       (SELECT w.display_name FROM membership w WHERE w.org_id = b.org_id AND w.id = coalesce(b.former_id, b.assignee_id))) END)`

export const TERRITORY_JSON = Prisma.sql`json_build_object(
  'id', t.id, 'parentId', t.parent_id, 'rank', t.rank, 'name', t.name, 'path', t.path)`

/** An item of a list (list_item i) as a question offers it, in the shape of FieldOption. */
export const ITEM_JSON = Prisma.sql`jsonb_build_object('id', i.id, 'label', i.label,
    'item', jsonb_build_object('territoryId', i.territory_id, 'code', i.code, 'group', i."group"))
  || CASE WHEN i.retired_at IS NULL THEN '{}' ELSE '{"retired": true}' END::jsonb`

/** The items of the list that a version names, of every level. */
const ITEMS_JSON = Prisma.sql`(SELECT coalesce(jsonb_agg(${ITEM_JSON} ORDER BY i.label ->> 'fr', i.id), '[]')
  FROM list_item i WHERE i.org_id = v.org_id AND i.list_id = (v.spec ->> 'list')::uuid)`

/**
 * A definition at one of its versions: joins field_definition d and field_version v. The answers that levels below added
 * stand among its options, retired, so that they are readable and counted alike everywhere; what else those levels made
 * of it is told of the territories that `at` chooses. With the questions that were made into it, and the items of its
 * list unless `own` says otherwise.
 */
export function definitionJson(
  at: Prisma.Sql = Prisma.sql`TRUE`,
  own: Prisma.Sql = Prisma.sql`CASE WHEN v.spec ? 'list' THEN jsonb_set(v.spec, '{options}', ${ITEMS_JSON}) ELSE v.spec END`,
): Prisma.Sql {
  const below = Prisma.sql`field_tightening g JOIN tightening_version w
    ON w.org_id = g.org_id AND w.tightening_id = g.id AND w.version = g.current_version`
  const ofIt = Prisma.sql`g.org_id = d.org_id AND g.field_id = d.id`
  return Prisma.sql`json_build_object(
    'id', d.id, 'territoryId', d.territory_id, 'entity', d.entity, 'key', d.key, 'version', v.version,
    'retired', d.retired_at IS NOT NULL, 'slot', d.slot,
    'spec', coalesce((SELECT jsonb_set(v.spec, '{options}', (v.spec -> 'options') || jsonb_agg(o || '{"retired": true}' ORDER BY g.id, o ->> 'id'))
                        FROM ${below}, jsonb_array_elements(w.spec -> 'options') AS o WHERE ${ofIt}), ${own}),
    'tightenings', (SELECT coalesce(json_agg(json_build_object('id', g.id, 'territoryId', g.territory_id,
                                      'version', w.version, 'spec', w.spec) ORDER BY g.id), '[]') FROM ${below} WHERE ${ofIt} AND ${at}),
    'merges', (SELECT json_build_object('live', p.undone_at IS NULL, 'links', p.links)
                 FROM field_promotion p WHERE p.org_id = d.org_id AND p.field_id = d.id))`
}
export const DEFINITION_JSON = definitionJson()

/** Of a list, as many as a form shows before one searches. */
const FEW_ITEMS = 20

/** The same with the first items alone that each list offers on a path. */
export const definitionWithFewItems = (pathIds: readonly string[]): Prisma.Sql =>
  definitionJson(
    Prisma.sql`TRUE`,
    Prisma.sql`CASE WHEN v.spec ? 'list' THEN jsonb_set(v.spec, '{options}', (
      SELECT coalesce(jsonb_agg(few.item), '[]') FROM (
        SELECT ${ITEM_JSON} AS item FROM list_item i
         WHERE i.org_id = v.org_id AND i.list_id = (v.spec ->> 'list')::uuid AND i.retired_at IS NULL
           AND i.territory_id = ANY (${[...pathIds]}::uuid[])
         ORDER BY i.label ->> 'fr', i.id LIMIT ${FEW_ITEMS}) AS few)) ELSE v.spec END`,
  )
