import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import { addDays } from '@fieldback/domain/agenda/day'
import type { BranchFacts } from '@fieldback/domain/giveback/check-giveback'
import {
  type BranchPlan,
  expectedOf,
  YOUNG_DAYS,
  type YoungBranch,
} from '@fieldback/domain/giveback/expected-facts'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

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
  const people = await countPeople(sdb, owner)
  const stock = await countStock(sdb, owner.path)
  const flow = await countReports(sdb, owner.path)
  const measured = { ...people, ...stock, ...flow }
  if (flow.reportsLast60Days > 0) return measured
  const expected = expectedOf({ ...(await readPlan(sdb, owner)), accounts: stock.accounts }, people.reps)
  return expected ? { ...measured, ...expected.flow, basis: expected.basis } : measured
}

type Planned = Omit<YoungBranch, 'accounts' | 'plan'> & BranchPlan

/** What a branch without reports was made for, and since when. */
async function readPlan({ tx, scope }: ScopedDb, owner: Place): Promise<Omit<YoungBranch, 'accounts'>> {
  const within = withinBranch(owner.path, Prisma.sql`t.path`)
  const rows = await tx.$queryRaw<Planned[]>`
    WITH planned AS MATERIALIZED (
      SELECT a.id, a.visit_every_days AS every, least(1, ${YOUNG_DAYS}::float8 / greatest(1, a.visit_every_days)) AS met
        FROM territory t
        JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
       WHERE t.org_id = ${scope.orgId}::uuid AND ${within})
    SELECT (SELECT o.created_at::date > ${addDays(scope.day, -YOUNG_DAYS)}::date FROM territory o
             WHERE o.org_id = ${scope.orgId}::uuid AND o.id = ${owner.id}::uuid) AS young,
           EXISTS (SELECT 1 FROM planned p JOIN report r ON r.org_id = ${scope.orgId}::uuid AND r.account_id = p.id
                    AND r.status <> 'withdrawn') AS reported,
           EXISTS (SELECT 1 FROM account a WHERE a.org_id = ${scope.orgId}::uuid AND a.deleted_at IS NULL) AS imported,
           coalesce(sum(${YOUNG_DAYS}::float8 / greatest(1, every)), 0) AS visits, coalesce(sum(met), 0) AS met,
           coalesce(sum(met) FILTER (WHERE EXISTS (SELECT 1 FROM contact c WHERE c.org_id = ${scope.orgId}::uuid
             AND c.account_id = planned.id AND c.deleted_at IS NULL)), 0) AS "metWithContact",
           count(*) FILTER (WHERE every <= ${YOUNG_DAYS}::int)::int AS returning
      FROM planned`
  const row = rows[0]
  if (!row) throw new Error('an aggregate without a row')
  const { young, reported, imported, ...plan } = row
  return { young, reported, imported, plan }
}

async function countPeople(
  { tx, scope }: ScopedDb,
  owner: Place,
): Promise<Pick<Branch, 'reps' | 'repsBelow' | 'fieldReps' | 'territories'>> {
  const within = withinBranch(owner.path, Prisma.sql`t.path`)
  const rows = await tx.$queryRaw<Pick<Branch, 'reps' | 'repsBelow' | 'fieldReps' | 'territories'>[]>`
    SELECT count(DISTINCT a.membership_id)::int AS reps,
           count(DISTINCT a.membership_id) FILTER (WHERE ${within} AND t.id <> ${owner.id}::uuid)::int AS "repsBelow",
           count(DISTINCT a.membership_id) FILTER (WHERE ${within} AND a.role = 'rep')::int AS "fieldReps",
           count(DISTINCT t.id) FILTER (WHERE ${within} AND t.id <> ${owner.id}::uuid)::int AS territories
      FROM territory t
      LEFT JOIN (assignment a JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id AND m.revoked_at IS NULL)
        ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.role = ANY (${[...FILING]}::text[])
       AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL
       AND (t.id = ANY (${pathIds(owner.path)}::uuid[]) OR ${within})`
  return rows[0] ?? { reps: 0, repsBelow: 0, fieldReps: 0, territories: 0 }
}

type Stock = Pick<Branch, 'accounts' | 'contacts' | 'accountsReachable' | 'contactsReachable'>

async function countStock({ tx, scope }: ScopedDb, path: Path): Promise<Stock> {
  const within = withinBranch(path, Prisma.sql`t.path`)
  const accounts = await tx.$queryRaw<Pick<Stock, 'accounts' | 'accountsReachable'>[]>`
    SELECT count(*)::int AS accounts, count(*) FILTER (WHERE a.phone IS NOT NULL OR a.email IS NOT NULL)::int AS "accountsReachable"
      FROM territory t
      JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND ${within}`
  const contacts = await tx.$queryRaw<Pick<Stock, 'contacts' | 'contactsReachable'>[]>`
    SELECT count(*)::int AS contacts,
           count(*) FILTER (WHERE (c.phone IS NOT NULL OR c.email IS NOT NULL) AND c.opted_out_at IS NULL)::int AS "contactsReachable"
      FROM territory t
      JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
      JOIN contact c ON c.org_id = ${scope.orgId}::uuid AND c.account_id = a.id AND c.deleted_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND ${within}`
  return {
    accounts: accounts[0]?.accounts ?? 0,
    accountsReachable: accounts[0]?.accountsReachable ?? 0,
    contacts: contacts[0]?.contacts ?? 0,
    contactsReachable: contacts[0]?.contactsReachable ?? 0,
  }
}

type Flow = Pick<
  Branch,
  | 'authorsLast60Days'
  | 'reportsLast60Days'
  | 'accountsMetLast60Days'
  | 'contactsMetLast60Days'
  | 'accountsSeenTwiceIn60Days'
>

async function countReports({ tx, scope }: ScopedDb, path: Path): Promise<Flow> {
  const rows = await tx.$queryRaw<Flow[]>`
    WITH met AS MATERIALIZED (
      SELECT r.account_id, r.author_id, r.contact_id
        FROM territory t
        JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
        JOIN report r ON r.org_id = ${scope.orgId}::uuid AND r.account_id = a.id
         AND r.day >= ${addDays(scope.day, -59)}::date AND r.day <= ${scope.day}::date AND r.status <> 'withdrawn'
       WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(path, Prisma.sql`t.path`)}),
    seen AS (SELECT count(*) AS n FROM met GROUP BY account_id)
    SELECT count(DISTINCT author_id)::int AS "authorsLast60Days", count(*)::int AS "reportsLast60Days",
           count(DISTINCT account_id)::int AS "accountsMetLast60Days", count(DISTINCT contact_id)::int AS "contactsMetLast60Days",
           (SELECT count(*) FROM seen WHERE n >= 2)::int AS "accountsSeenTwiceIn60Days"
      FROM met`
  return (
    rows[0] ?? {
      authorsLast60Days: 0,
      reportsLast60Days: 0,
      accountsMetLast60Days: 0,
      contactsMetLast60Days: 0,
      accountsSeenTwiceIn60Days: 0,
    }
  )
}
