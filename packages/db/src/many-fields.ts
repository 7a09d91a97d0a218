export type ManyFields = {
  readonly territories: number
  readonly fields: number
  /** YYYY-MM-01: when they were answered. */
  readonly month: string
}

/**
 * Statements that give an organisation ($1) many questions over many territories: regions under its root, departments
 * under them, sectors under these; every territory asks one, the first ones two. Each has been answered by twenty people.
 * To be run as the owner, inside the organisation; for measuring and for tests.
 */
export function manyFields({ territories, fields, month }: ManyFields): string[] {
  const regions = 15
  const departments = 6
  const sectors = Math.ceil((territories - regions * (1 + departments)) / (regions * departments))
  const under = (rank: number, count: number) => `
    INSERT INTO territory (org_id, id, parent_id, rank, name, path)
    SELECT $1::uuid, i, t.id, ${rank}, 'Secteur ' || n, t.path || i || '/'
      FROM territory t, generate_series(1, ${count}) n, LATERAL (SELECT gen_random_uuid() AS i WHERE n > 0) g
     WHERE t.org_id = $1::uuid AND t.rank = ${rank - 1} AND t.name ${rank === 1 ? 'IS NOT NULL' : "LIKE 'Secteur %'"}`
  const asked = `
    INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version)
    SELECT $1::uuid, gen_random_uuid(), t.id, (ARRAY['report', 'account', 'contact'])[1 + t.n % 3], 'q' || t.round, 1
      FROM (SELECT id, row_number() OVER (ORDER BY path) AS n, round
              FROM (SELECT t.*, r AS round FROM generate_series(1, 2) r, LATERAL (
                      SELECT * FROM territory WHERE org_id = $1::uuid ORDER BY path LIMIT ${territories}) t) t
             ORDER BY round, path LIMIT ${fields}) t`
  const spec = `jsonb_build_object(
    'label', jsonb_build_object('fr', 'Question ' || d.id, 'en', 'Question ' || d.id),
    'why', jsonb_build_object('fr', 'Pour mieux préparer la visite suivante'),
    'type', (ARRAY['yes_no', 'single_choice', 'integer', 'short_text'])[1 + abs(hashtext(d.id::text)) % 4],
    'options', '[{"id": "a", "label": {"fr": "Oui, souvent", "en": "Yes, often"}}, {"id": "b", "label": {"fr": "Non"}}]'::jsonb,
    'required', false, 'reportable', true, 'position', 10, 'shared', false,
    'givebacks', '[{"kind": "badge"}, {"kind": "comparison"}]'::jsonb)`
  const ours = `d.org_id = $1::uuid AND d.key IN ('q1', 'q2')`
  return [
    under(1, regions),
    under(2, departments),
    under(3, sectors),
    asked,
    `INSERT INTO field_version (org_id, field_id, version, spec)
     SELECT $1::uuid, d.id, 1, ${spec} FROM field_definition d WHERE ${ours}`,
    `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds, received, used)
     SELECT $1::uuid, m, d.id, '${month}', 5, 25, 4, 2 FROM field_definition d,
            (SELECT gen_random_uuid() AS m FROM generate_series(1, 20)) people WHERE ${ours}`,
  ]
}
