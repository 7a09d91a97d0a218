import { randomUUID } from 'node:crypto'
import { inOrg } from '@fieldback/db/client'
import { conversionsOf, holdTypes } from '@fieldback/db/field/conversion.repo'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { type Counting, type ReportState, reportFact } from '@fieldback/domain/analytics/report-fact'
import type { Answers, AnswerValue } from '@fieldback/domain/field/answer'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import { arrangeAccount, arrangeField, arrangePerson, type TestOrg, type TestWorld } from '../test-world.ts'
import { fold } from './fold.job.ts'

/** Mulberry32: the same seed gives the same reports. */
export function dice(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[Math.floor(next() * from.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  return { next, pick, chance: (share: number) => next() < share }
}
export type Dice = ReturnType<typeof dice>

export type Asked = Readonly<Record<'mood' | 'rival' | 'talk' | 'years' | 'amount' | 'trade', string>>
type Home = keyof TestOrg['territories']

/** Six questions: yes or no, one of three, several of three, a whole number, an amount without bounds; and a trade of accounts. */
export async function arrangeQuestions({ sql }: TestWorld, org: TestOrg): Promise<Asked> {
  const options = ['a', 'b', 'c'].map((id) => ({ id, label: { fr: id } }))
  const field = (
    key: string,
    at: Home,
    entity: 'report' | 'account',
    spec: Parameters<typeof arrangeField>[2]['spec'],
  ) =>
    arrangeField(sql, org, {
      key,
      territoryId: org.territories[at],
      entity,
      spec: { reportable: true, ...spec },
    })
  return {
    mood: await field('mood', 'france', 'report', { type: 'yes_no' }),
    rival: await field('rival', 'aquitaine', 'report', { type: 'single_choice', options }),
    talk: await field('talk', 'france', 'report', { type: 'multiple_choice', options }),
    years: await field('years', 'france', 'report', { type: 'integer', min: 0, max: 30 }),
    amount: await field('amount', 'france', 'report', { type: 'decimal' }),
    trade: await field('trade', 'france', 'account', { type: 'single_choice', options }),
  }
}

/** Every version of every question, as counting takes them. */
export async function countingOfOrg({ db }: TestWorld, orgId: string): Promise<Counting> {
  return inOrg(db, orgId, async (tx) => {
    const rows = await tx.$queryRaw<{ row: Pick<FieldDefinition, 'id' | 'entity' | 'version' | 'spec'> }[]>`
      SELECT json_build_object('id', d.id, 'entity', d.entity, 'version', v.version, 'spec', v.spec) AS row
        FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id WHERE d.org_id = ${orgId}::uuid`
    const versions = new Map(rows.map(({ row }) => [`${row.id}:${row.version}`, row as FieldDefinition]))
    return {
      definitionOf: (id, version) => versions.get(`${id}:${version}`),
      conversions: await conversionsOf(tx, orgId),
    }
  })
}

export type Plan = {
  readonly seed: number
  readonly n: number
  readonly fields: Asked
  /** Days of the reports. */
  readonly days: readonly string[]
  /** People who file at each home. */
  readonly people: Readonly<Partial<Record<Home, number>>>
}

const LOCAL: readonly Home[] = ['aquitaine', 'pyrenees', 'basque', 'bearn']

/** Files reports drawn by a seed at accounts of some homes, a tenth of which have moved since, and folds what they count. */
export async function fileReports(world: TestWorld, org: TestOrg, plan: Plan): Promise<void> {
  const roll = dice(plan.seed)
  const homes = Object.keys(plan.people) as Home[]
  const team = new Map<Home, { accounts: { id: string; home: Home }[]; people: string[] }>()
  for (const home of homes) {
    const accounts = []
    for (let i = 0; i < 4; i++) {
      const { id } = await arrangeAccount(world.sql, org.orgId, org.territories[home], `Compte ${home} ${i}`)
      accounts.push({ id, home: i === 3 ? roll.pick(homes) : home })
    }
    const people = []
    for (let i = 0; i < (plan.people[home] ?? 0); i++)
      people.push(
        (
          await arrangePerson(world.sql, org.orgId, {
            name: `${home} ${i}`,
            role: 'rep',
            territoryId: org.territories[home],
          })
        ).membershipId,
      )
    team.set(home, { accounts, people })
  }
  const rows = Array.from({ length: plan.n }, () => {
    const home = roll.pick(homes)
    const at = team.get(home)
    if (!at) throw new Error('nobody is there')
    const account = roll.pick(at.accounts)
    return {
      id: randomUUID(),
      account_id: account.id,
      territory_id: org.territories[home],
      today_at: org.territories[account.home],
      author_id: roll.pick(at.people),
      kind: roll.pick(REPORT_KINDS),
      outcome: roll.pick([...OUTCOMES, 'order' as const]),
      day: roll.pick(plan.days),
      status: roll.chance(0.05) ? ('withdrawn' as const) : ('accepted' as const),
      form: formOf(plan.fields, home),
      values: answersOf(roll, plan.fields, home),
    }
  })
  const counting = await countingOfOrg(world, org.orgId)
  const facts = rows.flatMap(({ form, values, ...row }) => {
    const state: ReportState = {
      thenAt: row.territory_id,
      todayAt: row.today_at,
      day: row.day,
      kind: row.kind,
      outcome: row.outcome,
      member: row.author_id,
      status: row.status,
      form,
      values,
    }
    return reportFact(1, state, counting) ?? []
  })
  const moved = [...team].flatMap(([from, { accounts }]) =>
    accounts
      .filter(({ home }) => home !== from)
      .map(({ id, home }) => ({ id, from: org.territories[from], to: org.territories[home] })),
  )
  // Documents with their facts, and held as a push holds them: jobs that count run beside.
  await inOrgSql(world.db, org.orgId, async (tx) => {
    await lockTree(tx, org.orgId, 'keep')
    await holdTypes(tx, org.orgId, 'keep')
    await insertReports(tx, org.orgId, rows)
    await tx.$executeRaw`
      WITH moved AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m (id uuid, "from" uuid, "to" uuid)),
      homes AS (INSERT INTO account_home (org_id, account_id, from_at, territory_id, to_at)
        SELECT ${org.orgId}::uuid, id, '2020-01-01'::timestamptz, "from", '2026-11-01'::timestamptz FROM moved
        UNION ALL SELECT ${org.orgId}::uuid, id, '2026-11-01', "to", NULL FROM moved)
      UPDATE account a SET territory_id = moved."to" FROM moved WHERE a.org_id = ${org.orgId}::uuid AND a.id = moved.id`
    await tx.$executeRaw`
      INSERT INTO rollup_outbox (org_id, fact) SELECT ${org.orgId}::uuid, fact FROM jsonb_array_elements(${JSON.stringify(facts)}::jsonb) AS fact`
  })
  await fold({ db: world.db }, org.orgId)
}

type Form = readonly (readonly [string, number])[]

function formOf(fields: Asked, home: Home): Form {
  const { mood, rival, talk, years, amount } = fields
  return [mood, talk, years, amount, ...(LOCAL.includes(home) ? [rival] : [])].map((id) => [id, 1] as const)
}

function answersOf(roll: Dice, { mood, rival, talk, years, amount }: Asked, home: Home): Answers {
  const some: [string, AnswerValue][] = [
    [mood, roll.pick([true, true, false, null])],
    [talk, roll.pick([['a'], ['a', 'b'], ['c', 'b', 'a'], null])],
    [years, roll.pick([0, 3, 4, 5, 9, 12, 17, 22, 29, 30, null])],
    [amount, roll.pick([12.5, 80, 250, 999.5, 1_800, 40_000, null])],
    ...(LOCAL.includes(home)
      ? ([[rival, roll.pick(['a', 'a', 'b', 'c', null])]] as [string, AnswerValue][])
      : []),
  ]
  return Object.fromEntries(some.filter(() => roll.chance(0.8)).map(([id, x]) => [id, { v: 1, x }]))
}

async function insertReports(
  tx: OrgSql,
  orgId: string,
  rows: readonly { readonly id: string; readonly form: Form; readonly values: Answers }[],
): Promise<void> {
  for (const form of new Map(rows.map((row) => [fieldSetHash(row.form), row.form])).values())
    await tx.$executeRaw`
      INSERT INTO field_set (org_id, hash, members) VALUES (${orgId}::uuid, ${fieldSetHash(form)}, ${JSON.stringify(form)}::jsonb) ON CONFLICT DO NOTHING`
  const written = rows.map(({ form, ...row }) => ({ ...row, field_set: fieldSetHash(form) }))
  await tx.$executeRaw`
    INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, field_set, "values", captured_at)
    SELECT ${orgId}::uuid, r.id, r.account_id, r.territory_id, r.author_id, r.kind, r.outcome, r.day, r.status, r.field_set, r."values", r.day::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS r (id uuid, account_id uuid, territory_id uuid, author_id uuid, kind text, outcome text, day date,
        status text, field_set text, "values" jsonb)`
}
