import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import { addDays } from '@fieldback/domain/agenda/day'
import type { BranchFacts } from '@fieldback/domain/giveback/check-giveback'
import {
  type BranchPlan,
  expectedOf,
  YOUNG_DAYS,
  type YoungBranch,
} from '@fieldback/domain/giveback/expected-facts'
import { branchRange, type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Roles that file reports. */
const FILING: readonly Role[] = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('report.create'))

/** What a publication is judged on, and what it changes for whom. */
export type Branch = BranchFacts & {
  readonly accounts: number
  readonly contacts: number
  /** Live territories below the owner. */
  readonly territories: number
  /** People with the role of rep in the branch. */
  readonly fieldReps: number
}

type Place = { readonly id: string; readonly path: Path }

/**
 * Counts of one branch, accounts at their present home, over the last 60 days: see BranchFacts. A young branch that has
 * never had a report is given what its plan should bring, and says so by its basis.
 */
export async function branchFacts(sdb: ScopedDb, owner: Place): Promise<Branch> {
  const facts = (await branchesFacts(sdb, [owner])).get(owner.id)
  if (!facts) throw new Error('a branch whose facts were not read')
  return facts
}

/** The same of several branches, by the ids of their owners: the small ones take as many statements as one does. */
export async function branchesFacts(sdb: ScopedDb, asked: readonly Place[]): Promise<Map<string, Branch>> {
  const owners = [...new Map(asked.map((owner) => [owner.id, owner])).values()]
  const large = await largeBranches(sdb, owners)
  const small = owners.filter(({ id }) => !large.has(id))
  const [people, stock, flow] = [
    await countPeople(sdb, owners),
    await countStock(sdb, small),
    await countReports(sdb, small),
  ]
  // The root and, at each level, at most two below it.
  for (const owner of owners.filter(({ id }) => large.has(id))) {
    const counted = await countLarge(sdb, owner)
    stock.set(owner.id, counted.stock)
    if (counted.flow.reportsLast60Days > 0) flow.set(owner.id, counted.flow)
  }
  const without = owners.filter(({ id }) => !flow.has(id))
  const plans = without.length > 0 ? await readPlans(sdb, without) : new Map<string, Plan>()
  return new Map(
    owners.map(({ id }) => {
      const measured = {
        ...(people.get(id) ?? NOBODY),
        ...(stock.get(id) ?? NOTHING),
        ...(flow.get(id) ?? NO_FLOW),
      }
      const plan = plans.get(id)
      const expected = plan && expectedOf({ ...plan, accounts: measured.accounts }, measured.reps)
      return [id, expected ? { ...measured, ...expected.flow, basis: expected.basis } : measured]
    }),
  )
}

// The planner cannot know how little of a table a range takes that comes from a row: OFFSET 0 keeps each step to its index.

/** The territories `t` of branches, with their owners `o`. */
const territoriesOf = (orgId: string, owners: readonly Place[]): Prisma.Sql => {
  const ranges = owners.map(({ path }) => branchRange(path))
  return Prisma.sql`unnest(${owners.map(({ id }) => id)}::uuid[], ${ranges.map(({ from }) => from)}::text[],
    ${ranges.map(({ to }) => to)}::text[]) AS o (id, lower, upper)
    CROSS JOIN LATERAL (SELECT id, closed_at FROM territory
      WHERE org_id = ${orgId}::uuid AND path >= o.lower AND path < o.upper OFFSET 0) AS t`
}

/** The same with their accounts `a`. */
const accountsOf = (orgId: string, owners: readonly Place[]): Prisma.Sql => Prisma.sql`
  ${territoriesOf(orgId, owners)} CROSS JOIN LATERAL (SELECT id, phone, email, visit_every_days FROM account
    WHERE org_id = ${orgId}::uuid AND territory_id = t.id AND deleted_at IS NULL OFFSET 0) AS a`

type Owned<Facts> = Facts & { readonly owner: string }
const byOwner = <Facts>(rows: readonly Owned<Facts>[]): Map<string, Facts> =>
  new Map(rows.map(({ owner, ...facts }) => [owner, facts as Facts]))

type Plan = Omit<YoungBranch, 'accounts'>
type Planned = Owned<Omit<Plan, 'plan'> & BranchPlan>

/** What branches without reports were made for, and since when. */
async function readPlans({ tx, scope }: ScopedDb, owners: readonly Place[]): Promise<Map<string, Plan>> {
  const rows = await tx.$queryRaw<Planned[]>`
    WITH planned AS MATERIALIZED (
      SELECT o.id AS owner, a.id, a.visit_every_days AS every,
             least(1, ${YOUNG_DAYS}::float8 / greatest(1, a.visit_every_days)) AS met
        FROM ${accountsOf(scope.orgId, owners)})
    SELECT o.id AS owner, o.created_at::date > ${addDays(scope.day, -YOUNG_DAYS)}::date AS young,
           EXISTS (SELECT 1 FROM planned r JOIN report ON report.org_id = ${scope.orgId}::uuid AND report.account_id = r.id
                    AND report.status <> 'withdrawn' WHERE r.owner = o.id) AS reported,
           EXISTS (SELECT 1 FROM account a WHERE a.org_id = ${scope.orgId}::uuid AND a.deleted_at IS NULL) AS imported,
           coalesce(sum(${YOUNG_DAYS}::float8 / greatest(1, p.every)), 0) AS visits, coalesce(sum(p.met), 0) AS met,
           coalesce(sum(p.met) FILTER (WHERE EXISTS (SELECT 1 FROM contact c WHERE c.org_id = ${scope.orgId}::uuid
             AND c.account_id = p.id AND c.deleted_at IS NULL)), 0) AS "metWithContact",
           count(*) FILTER (WHERE p.every <= ${YOUNG_DAYS}::int)::int AS returning
      FROM territory o LEFT JOIN planned p ON p.owner = o.id
     WHERE o.org_id = ${scope.orgId}::uuid AND o.id = ANY (${owners.map(({ id }) => id)}::uuid[])
     GROUP BY o.id, o.created_at`
  return new Map(
    rows.map(({ owner, young, reported, imported, ...plan }) => [owner, { young, reported, imported, plan }]),
  )
}

type People = Pick<Branch, 'reps' | 'repsBelow' | 'fieldReps' | 'territories'>
const NOBODY: People = { reps: 0, repsBelow: 0, fieldReps: 0, territories: 0 }

/** Who files in a branch, on the path to it included. */
async function countPeople({ tx, scope }: ScopedDb, owners: readonly Place[]): Promise<Map<string, People>> {
  const above = owners.flatMap(({ id, path }) =>
    pathIds(path)
      .filter((one) => one !== id)
      .map((one) => ({ id, one })),
  )
  const rows = await tx.$queryRaw<Owned<People>[]>`
    WITH around AS (
      SELECT o.id AS owner, t.id, TRUE AS within FROM ${territoriesOf(scope.orgId, owners)} WHERE t.closed_at IS NULL
      UNION ALL
      SELECT o.id AS owner, t.id, FALSE AS within
        FROM unnest(${above.map(({ id }) => id)}::uuid[], ${above.map(({ one }) => one)}::uuid[]) AS o (id, above)
        JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND t.id = o.above)
    SELECT t.owner, count(DISTINCT a.membership_id)::int AS reps,
           count(DISTINCT a.membership_id) FILTER (WHERE t.within AND t.id <> t.owner)::int AS "repsBelow",
           count(DISTINCT a.membership_id) FILTER (WHERE t.within AND a.role = 'rep')::int AS "fieldReps",
           count(DISTINCT t.id) FILTER (WHERE t.within AND t.id <> t.owner)::int AS territories
      FROM around t
      LEFT JOIN (assignment a JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id AND m.revoked_at IS NULL)
        ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.role = ANY (${[...FILING]}::text[])
       AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
     GROUP BY t.owner`
  return byOwner(rows)
}

type Stock = Pick<Branch, 'accounts' | 'contacts' | 'accountsReachable' | 'contactsReachable'>
const NOTHING: Stock = { accounts: 0, contacts: 0, accountsReachable: 0, contactsReachable: 0 }

async function countStock({ tx, scope }: ScopedDb, owners: readonly Place[]): Promise<Map<string, Stock>> {
  if (owners.length === 0) return new Map()
  const accounts = await tx.$queryRaw<Owned<Pick<Stock, 'accounts' | 'accountsReachable'>>[]>`
    SELECT o.id AS owner, count(*)::int AS accounts,
           count(*) FILTER (WHERE a.phone IS NOT NULL OR a.email IS NOT NULL)::int AS "accountsReachable"
      FROM ${accountsOf(scope.orgId, owners)}
     GROUP BY o.id`
  const contacts = await tx.$queryRaw<Owned<Pick<Stock, 'contacts' | 'contactsReachable'>>[]>`
    SELECT o.id AS owner, count(*)::int AS contacts,
           count(*) FILTER (WHERE (c.phone IS NOT NULL OR c.email IS NOT NULL) AND c.opted_out_at IS NULL)::int AS "contactsReachable"
      FROM ${accountsOf(scope.orgId, owners)} CROSS JOIN LATERAL (SELECT phone, email, opted_out_at FROM contact
        WHERE org_id = ${scope.orgId}::uuid AND account_id = a.id AND deleted_at IS NULL OFFSET 0) AS c
     GROUP BY o.id`
  const people = byOwner(contacts)
  return new Map(
    accounts.map(({ owner, ...stock }) => [owner, { ...NOTHING, ...stock, ...people.get(owner) }]),
  )
}

type Flow = Pick<
  Branch,
  | 'authorsLast60Days'
  | 'reportsLast60Days'
  | 'accountsMetLast60Days'
  | 'contactsMetLast60Days'
  | 'accountsSeenTwiceIn60Days'
>
const NO_FLOW: Flow = {
  authorsLast60Days: 0,
  reportsLast60Days: 0,
  accountsMetLast60Days: 0,
  contactsMetLast60Days: 0,
  accountsSeenTwiceIn60Days: 0,
}

/** Of the branches that had a report. */
async function countReports({ tx, scope }: ScopedDb, owners: readonly Place[]): Promise<Map<string, Flow>> {
  if (owners.length === 0) return new Map()
  const rows = await tx.$queryRaw<Owned<Flow>[]>`
    WITH met AS MATERIALIZED (
      SELECT o.id AS owner, r.account_id, r.author_id, r.contact_id
        FROM ${accountsOf(scope.orgId, owners)} CROSS JOIN LATERAL (SELECT account_id, author_id, contact_id FROM report
          WHERE org_id = ${scope.orgId}::uuid AND account_id = a.id AND day >= ${addDays(scope.day, -59)}::date
            AND day <= ${scope.day}::date AND status <> 'withdrawn' OFFSET 0) AS r),
    twice AS (
      SELECT owner, count(*)::int AS n
        FROM (SELECT owner FROM met GROUP BY owner, account_id HAVING count(*) >= 2) AS seen GROUP BY owner)
    SELECT met.owner, count(DISTINCT author_id)::int AS "authorsLast60Days", count(*)::int AS "reportsLast60Days",
           count(DISTINCT account_id)::int AS "accountsMetLast60Days", count(DISTINCT contact_id)::int AS "contactsMetLast60Days",
           coalesce(max(twice.n), 0) AS "accountsSeenTwiceIn60Days"
      FROM met LEFT JOIN twice ON twice.owner = met.owner
     GROUP BY met.owner`
  return byOwner(rows)
}

/** Below it, entering each account's contacts and reports by their index is quick enough. */
const MANY_ACCOUNTS = 10_000

/** Of the organisation's accounts: from there on, reading everybody's once costs less than entering each by an index. */
const LARGE_SHARE = 3

/** The branches that hold a third of the organisation's accounts or more, when these are many. */
async function largeBranches({ tx, scope }: ScopedDb, owners: readonly Place[]): Promise<Set<string>> {
  const many = await tx.$queryRaw<{ id: string; n: number }[]>`
    SELECT o.id, count(*)::int AS n FROM ${territoriesOf(scope.orgId, owners)} CROSS JOIN LATERAL (SELECT FROM account
      WHERE org_id = ${scope.orgId}::uuid AND territory_id = t.id AND deleted_at IS NULL OFFSET 0) AS a
     GROUP BY o.id HAVING count(*) >= ${MANY_ACCOUNTS}::int`
  if (many.length === 0) return new Set()
  const enough = LARGE_SHARE * Math.max(...many.map(({ n }) => n))
  const [all] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT FROM account WHERE org_id = ${scope.orgId}::uuid AND deleted_at IS NULL
      ORDER BY territory_id LIMIT ${enough + 1}::int) AS a`
  return new Set(many.filter(({ n }) => n * LARGE_SHARE >= (all?.n ?? 0)).map(({ id }) => id))
}

type Counted = Stock & Flow

/**
 * A branch that holds much of its organisation: what the organisation has is read once in the order it lies in, the reports
 * by their day, and what other branches or nobody holds is left out by hash. OFFSET 0 and MATERIALIZED keep it so.
 */
async function countLarge({ tx, scope }: ScopedDb, owner: Place): Promise<{ stock: Stock; flow: Flow }> {
  const { from, to } = branchRange(owner.path)
  // Distinct accounts and contacts of 60 days are counted in memory: with the usual 4 MB they go to the disk.
  await tx.$queryRaw`SELECT set_config('work_mem', '32MB', true)`
  const [counted] = await tx.$queryRaw<Counted[]>`
    WITH place AS MATERIALIZED (
      SELECT id FROM territory WHERE org_id = ${scope.orgId}::uuid AND path >= ${from}::text AND path < ${to}::text),
    outside AS MATERIALIZED (
      SELECT a.id FROM (SELECT id, territory_id, deleted_at FROM account WHERE org_id = ${scope.orgId}::uuid OFFSET 0) AS a
       WHERE a.deleted_at IS NOT NULL OR NOT EXISTS (SELECT FROM place WHERE place.id = a.territory_id)),
    held AS (
      SELECT count(*)::int AS accounts,
             count(*) FILTER (WHERE a.phone IS NOT NULL OR a.email IS NOT NULL)::int AS "accountsReachable"
        FROM (SELECT territory_id, phone, email FROM account
          WHERE org_id = ${scope.orgId}::uuid AND deleted_at IS NULL OFFSET 0) AS a
        JOIN place ON place.id = a.territory_id),
    people AS (
      SELECT count(*)::int AS contacts,
             count(*) FILTER (WHERE (c.phone IS NOT NULL OR c.email IS NOT NULL) AND c.opted_out_at IS NULL)::int AS "contactsReachable"
        FROM (SELECT account_id, phone, email, opted_out_at FROM contact
          WHERE org_id = ${scope.orgId}::uuid AND deleted_at IS NULL OFFSET 0) AS c
       WHERE NOT EXISTS (SELECT FROM outside WHERE outside.id = c.account_id)),
    seen AS (
      SELECT GROUPING(r.account_id) = 0 AS account, GROUPING(r.author_id) = 0 AS author, r.contact_id, count(*) AS n
        FROM (SELECT account_id, author_id, contact_id FROM report
          WHERE org_id = ${scope.orgId}::uuid AND day >= ${addDays(scope.day, -59)}::date AND day <= ${scope.day}::date
            AND status <> 'withdrawn' OFFSET 0) AS r
       WHERE NOT EXISTS (SELECT FROM outside WHERE outside.id = r.account_id)
       GROUP BY GROUPING SETS ((r.account_id), (r.author_id), (r.contact_id))),
    flow AS (
      SELECT count(*) FILTER (WHERE author)::int AS "authorsLast60Days",
             coalesce(sum(n) FILTER (WHERE account), 0)::int AS "reportsLast60Days",
             count(*) FILTER (WHERE account)::int AS "accountsMetLast60Days",
             count(contact_id)::int AS "contactsMetLast60Days",
             count(*) FILTER (WHERE account AND n >= 2)::int AS "accountsSeenTwiceIn60Days"
        FROM seen)
    SELECT held.*, people.*, flow.* FROM held, people, flow`
  const { accounts, contacts, accountsReachable, contactsReachable, ...flow } = counted as Counted
  return { stock: { accounts, contacts, accountsReachable, contactsReachable }, flow }
}
