import type pg from 'pg'
import type { LoadMonth, LoadPlan } from './load-plan.ts'
import type { LoadQuestion } from './load-questions.ts'
import {
  asJson,
  bits,
  draw,
  keyed,
  part,
  reportQuestions,
  slotType,
  textArray,
  uuidv7,
} from './load-stage.ts'

const SIGNS = [
  'Boulangerie',
  'Le Fournil',
  'Fromagerie',
  'Auberge',
  'Traiteur',
  'Hôtel',
  'Maison',
  'Épicerie',
]
const ACTIVITIES = [
  'Boulangerie-pâtisserie',
  'Boulangerie',
  'Fromagerie',
  'Restauration',
  'Traiteur',
  'Hôtellerie',
  'Traiteur',
  'Épicerie fine',
]
const LAST =
  'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Faure Mercier Boyer Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meunier Dufour Blanchard Brun Rivière Joly Lucas Roche Colin Vidal Caron Picard Renaud Barbier Arnaud Aubert'.split(
    ' ',
  )
const FIRST =
  'Marie Nathalie Isabelle Sylvie Catherine Céline Sandrine Stéphanie Valérie Émilie Julie Aurélie Sophie Laura Camille Claire Jean Philippe Michel Alain Patrick Nicolas Christophe Pierre Christian Éric Frédéric Laurent Stéphane David Pascal Julien'.split(
    ' ',
  )
const JOBS = ['Gérante', 'Gérant', 'Responsable achats', 'Chef de cuisine']
const STREETS = [
  'Grande Rue',
  'rue de la République',
  'place de la Mairie',
  'rue du Marché',
  'avenue de la Gare',
  'rue Pasteur',
  'place des Halles',
  'rue des Écoles',
]
const NOTES = [
  'Bon accueil, à revoir dans un mois.',
  'Attend un devis avant la fin du trimestre.',
  'Satisfait de la dernière livraison.',
  'Demande un catalogue à jour.',
]

/** Bounded, so that no phone waits for what a long transaction may still write. */
const ROWS_A_TRANSACTION = 10_000

/** Runs work in a transaction of the organisation. */
export async function within<T>(client: pg.ClientBase, orgId: string, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function inSlices(
  count: { readonly from: number; readonly to: number },
  write: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  for (let from = count.from; from < count.to; from += ROWS_A_TRANSACTION)
    await write(from, Math.min(count.to, from + ROWS_A_TRANSACTION))
}

const pick = (items: readonly string[], at: string): string =>
  `(${textArray(items)})[1 + (${at} % ${items.length})::int]`

const fieldOf = (plan: LoadPlan, key: string) => {
  const field = plan.definitions.find((definition) => definition.key === key)
  const question = plan.questions.find((candidate) => candidate.key === key)
  if (!field || !question) throw new Error(`No question ${key}`)
  return { field, question, index: plan.questions.indexOf(question) }
}

/** A document of one answer drawn by a row's bits, none when it was left empty. */
const oneAnswer = ({ field, question }: ReturnType<typeof fieldOf>, answer: string): string =>
  `CASE WHEN ${answer} IS NULL THEN '{}'::jsonb ELSE ('{"${field.id}":{"v":1,"x":' || ${asJson(question, answer)} || '}}')::jsonb END`

/** Accounts with their homes and their people, and what both hold counted. */
export async function writeAccounts(client: pg.ClientBase, plan: LoadPlan): Promise<void> {
  const reps = plan.reps.length
  const founded = `(date '${plan.days[0]}' - (1 + ${part('h', 32, 8)})::int + interval '8 hours')`
  await client.query(`
    INSERT INTO load_account
    SELECT x.n, ${uuidv7(founded, 'h')}, r.place, r.n, ${uuidv7(founded, 'h2')}
      FROM (SELECT n, ${bits(plan, 1, 'n')} AS h, ${bits(plan, 2, 'n')} AS h2 FROM generate_series(0, ${plan.accounts - 1}) n) x
      JOIN load_rep r ON r.n = x.n % ${reps};
    ANALYZE load_account`)
  await client.query(`
    CREATE TEMP TABLE load_last AS
    SELECT account, max(d) AS day FROM (
      SELECT ${accountOf(plan)} AS account, floor(n * ${plan.days.length}::float8 / ${plan.reports})::int AS d
        FROM (SELECT n, ${bits(plan, 3, 'n')} AS h FROM generate_series(0::bigint, ${plan.reports - 1}) n) x WHERE ${IS_VISIT}) v
     GROUP BY account;
    ALTER TABLE load_last ADD PRIMARY KEY (account); ANALYZE load_last`)
  const trade = fieldOf(plan, 'metier')
  await inSlices({ from: 0, to: plan.accounts }, (from, to) =>
    within(client, plan.orgId, async () => {
      await client.query(accountSql(plan, trade, founded), [plan.orgId, from, to, plan.days])
      await client.query(
        `INSERT INTO account_home (org_id, account_id, from_at, territory_id, moved_by)
         SELECT $1, a.id, b.created_at, p.territory_id, b.created_by FROM load_account a JOIN load_place p ON p.n = a.place
           JOIN account b ON b.org_id = $1 AND b.id = a.id WHERE a.n >= $2 AND a.n < $3`,
        [plan.orgId, from, to],
      )
      await client.query(contactSql(plan, founded), [plan.orgId, from, to])
    }),
  )
}

function accountSql(plan: LoadPlan, trade: ReturnType<typeof fieldOf>, founded: string): string {
  const sign = part('h3', 0, 3)
  const last = part('h3', 3, 6)
  return `
    INSERT INTO account (org_id, id, territory_id, kind, name, name_key, activity, street, postcode, city, phone, phone_raw,
      visit_every_days, last_visit_day, "values", created_by, created_at, ${trade.question.slot})
    SELECT $1, id, territory_id, CASE WHEN ${part('h3', 9, 3)} = 0 THEN 'prospect' ELSE 'client' END,
           ${pick(SIGNS, sign)} || ' ' || ${pick(LAST, last)} || ' ' || n,
           (${keyed(SIGNS)})[1 + ${sign}::int] || ' ' || (${keyed(LAST)})[1 + ${last}::int] || ' ' || n,
           ${pick(ACTIVITIES, sign)}, (1 + ${part('h3', 12, 7)}) || ' ' || ${pick(STREETS, part('h3', 19, 3))},
           postcodes[town], cities[town], '+33' || phone, '0' || phone,
           (ARRAY[30, 45, 60, 90])[1 + ${part('h3', 22, 2)}::int], ($4::date[])[1 + last_day], ${oneAnswer(trade, 'answer')},
           membership_id, ${founded} AT TIME ZONE 'Europe/Paris', nullif(answer, '')
      FROM (SELECT a.n, a.id, p.territory_id, p.cities, p.postcodes, r.membership_id, ${bits(plan, 1, 'a.n')} AS h, h3, l.day AS last_day,
                   1 + (${part('h3', 24, 6)} % greatest(1, cardinality(p.cities)))::int AS town,
                   -- Numbers kept for fiction: each is given once, then there are none left.
                   (ARRAY['19900', '26191', '35301', '46571', '53649'])[1 + a.n / 10000] || lpad((a.n % 10000)::text, 4, '0') AS phone,
                   ${draw(trade.question, `${part('h3', 30, 5)}::int`)} AS answer
              FROM load_account a JOIN load_place p ON p.n = a.place JOIN load_rep r ON r.n = a.rep
              LEFT JOIN load_last l ON l.account = a.n, LATERAL (SELECT ${bits(plan, 4, 'a.n')} AS h3) x
             WHERE a.n >= $2 AND a.n < $3) made
     ORDER BY n`
}

/** One contact each, and another for one account in four. */
function contactSql(plan: LoadPlan, founded: string): string {
  const choice = fieldOf(plan, 'prefere_ecrit')
  const first = part('h3', 0, 5)
  const last = part('h3', 5, 6)
  return `
    INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key, job_title, email, email_raw, opted_out_at,
      "values", created_by, created_at, ${choice.question.slot})
    SELECT $1, id, account_id, ${pick(FIRST, first)}, ${pick(LAST, last)},
           (${keyed(LAST)})[1 + ${last}::int] || ' ' || (${keyed(FIRST)})[1 + ${first}::int], ${pick(JOBS, part('h3', 11, 2))},
           email, email, CASE WHEN ${part('h3', 13, 5)} = 0 THEN created END, ${oneAnswer(choice, 'answer')},
           membership_id, created, nullif(answer, '')
      FROM (SELECT c.id, a.id AS account_id, r.membership_id, h3, ${founded} AT TIME ZONE 'Europe/Paris' AS created,
                   CASE WHEN ${part('h3', 18, 2)} > 0 THEN 'contact' || c.which || '@client' || a.n || '.example' END AS email,
                   ${draw(choice.question, `${part('h3', 20, 5)}::int`)} AS answer
              FROM load_account a JOIN load_rep r ON r.n = a.rep, LATERAL (SELECT ${bits(plan, 1, 'a.n')} AS h, ${bits(plan, 5, 'a.n')} AS h4) x,
                   LATERAL (SELECT 1 AS which, a.contact_id AS id UNION ALL SELECT 2, ${uuidv7(founded, 'h4')} WHERE (h4 & 3) = 0) c,
                   LATERAL (SELECT ${bits(plan, 6, 'a.n * 2 + c.which')} AS h3) y
             WHERE a.n >= $2 AND a.n < $3) made`
}

/** Three visits in four, the rest calls; bits of the report's number. */
const IS_VISIT = `${part('h', 16, 4)} < 12`
const accountOf = (plan: LoadPlan): string => `(${part('h', 20, 40)} % ${plan.accounts})::int`

/**
 * The reports of a month: drawn once, written in slices, counted at their homes; `whole`: at once, in the transaction that is open, with the
 * stamps that phones go by.
 */
export async function writeMonth(
  client: pg.ClientBase,
  plan: LoadPlan,
  month: LoadMonth,
  { whole }: { readonly whole: boolean },
): Promise<void> {
  const questions = reportQuestions(plan)
  await client.query('TRUNCATE load_report')
  await client.query(
    `INSERT INTO load_report
     SELECT n, account, place, rep, day, kind, outcome, ${questions
       .map((question, i) => draw(question, `(${part('h2', i * 5, 5)} + lean)::int`))
       .join(', ')}
       FROM (SELECT x.n, a.n AS account, a.place, a.rep, p.lean, h2, ($3::date[])[1 + floor(x.n * ${plan.days.length}::float8 / ${plan.reports})::int] AS day,
                    CASE WHEN ${IS_VISIT} THEN 'visit' ELSE 'call' END AS kind,
                    CASE WHEN ${part('h', 0, 16)} < p.orders THEN 'order' WHEN ${part('h', 0, 16)} < p.orders + 13000 THEN 'quote'
                         WHEN ${part('h', 0, 16)} < p.orders + 31000 THEN 'revisit' ELSE 'none' END AS outcome
               FROM (SELECT n, ${bits(plan, 3, 'n')} AS h, ${bits(plan, 7, 'n')} AS h2 FROM generate_series($1::bigint, $2::bigint) n) x
               JOIN load_account a ON a.n = ${accountOf(plan)} JOIN load_place p ON p.n = a.place) made`,
    [month.from, month.to - 1, plan.days],
  )
  await client.query('CREATE INDEX IF NOT EXISTS load_report_n ON load_report (n)')
  await client.query('ANALYZE load_report')
  const insert = reportSql(plan, questions, whole)
  if (whole) await client.query(insert, [plan.orgId, month.from, month.to])
  else
    await inSlices(month, (from, to) =>
      within(client, plan.orgId, () => client.query(insert, [plan.orgId, from, to])),
    )
  await countMonth(client, month, questions)
}

function reportSql(plan: LoadPlan, questions: readonly LoadQuestion[], stamped: boolean): string {
  const captured = `((r.day + (490 + ${part('h', 0, 9)}) * interval '1 minute' + ${part('h', 9, 16)} * interval '1 millisecond') AT TIME ZONE 'Europe/Paris')`
  const documents = questions.map(
    (question, i) =>
      `CASE WHEN a${i} IS NOT NULL THEN '"' || p.field_ids[${i + 1}] || '":{"v":1,"x":' || ${asJson(question, `a${i}`)} || '}' END`,
  )
  return `
    INSERT INTO report (org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, note, field_set, "values",
      status, duration_seconds, captured_at, received_at, ${questions.map(({ slot }) => slot).join(', ')}${stamped ? ', sync_xid, sync_seq' : ''})
    SELECT $1, ${uuidv7(captured, 'h')}, a.id, CASE WHEN ${part('h', 25, 2)} > 0 THEN a.contact_id END, p.territory_id, m.membership_id, r.kind,
           r.outcome, r.day, CASE WHEN ${part('h', 27, 2)} = 0 THEN ${pick(NOTES, part('h', 29, 2))} END, p.field_set,
           ('{' || concat_ws(',', ${documents.join(', ')}) || '}')::jsonb, 'accepted', 25 + ${part('h', 31, 6)}, ${captured},
           ${captured} + ${part('h', 37, 12)} * interval '1 second', ${questions
             .map((question, i) => `nullif(a${i}, '')::${slotType(question)}`)
             .join(', ')}${stamped ? `, pg_current_xact_id()::text::bigint, nextval('sync_seq')` : ''}
      FROM load_report r JOIN load_account a ON a.n = r.account JOIN load_place p ON p.n = r.place JOIN load_rep m ON m.n = r.rep,
           LATERAL (SELECT ${bits(plan, 8, 'r.n')} AS h) x
     WHERE r.n >= $2 AND r.n < $3 ORDER BY r.n`
}

/** What a month adds at each home: a month is whole, so nothing of it comes again. */
async function countMonth(
  client: pg.ClientBase,
  { month }: LoadMonth,
  questions: readonly LoadQuestion[],
): Promise<void> {
  const first = `date '${month}-01'`
  const answers = questions.map((_, i) => `(${i}, a${i})`).join(', ')
  await client.query(`
    INSERT INTO load_leaf SELECT i, p.region, place, ${first}, outcome, answer, count(*)
      FROM load_report, LATERAL (VALUES ${answers}) v (i, answer), load_place p
     WHERE answer IS NOT NULL AND p.n = place GROUP BY i, p.region, place, outcome, answer;
    INSERT INTO load_day SELECT p.region, place, day, kind, outcome, count(*)
      FROM load_report JOIN load_place p ON p.n = place GROUP BY p.region, place, day, kind, outcome;
    INSERT INTO load_person SELECT p.region, place, ${first}, rep, count(*)
      FROM load_report JOIN load_place p ON p.n = place GROUP BY p.region, place, rep;
    INSERT INTO load_given SELECT rep, ${first}, i, count(*)
      FROM load_report, LATERAL (VALUES ${answers}) v (i, answer) WHERE answer IS NOT NULL GROUP BY rep, i`)
}
