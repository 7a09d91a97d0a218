import { assignmentsOf } from '@fieldback/db/assignment/assignment.repo'
import { fieldUsage, NO_USAGE } from '@fieldback/db/field/usage.repo'
import {
  accountsOf,
  branchNodes,
  branchQuestions,
  branchReports,
  memberNames,
  ownAccounts,
} from '@fieldback/db/scenario/live-facts.repo'
import type { Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { OrgDay, ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { entryCost } from '@fieldback/domain/field/entry-seconds'
import { chosenFrom } from '@fieldback/domain/scenario/carry'
import type { Days, Held, LiveFacts, Load, WeighedAccount } from '@fieldback/domain/scenario/facts'
import { type Projection, project } from '@fieldback/domain/scenario/project'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import type { Path } from '@fieldback/domain/territory/path'
import type { TreeNode, TreeStep } from '@fieldback/domain/territory/tree-step'
import { usageSince } from '../field/asked-outline.ts'

/** Accounts that one scenario may choose among one by one, and roles of a branch. */
const ACCOUNTS_MAX = 30_000
const HELD_MAX = 10_000

export type Laid = {
  readonly live: LiveFacts
  readonly projection: Projection
  readonly days: Days
}

type Laying = Pick<Scenario, 'territory' | 'effectiveOn'> & { readonly gestures: readonly Gesture[] }

/**
 * Lays the gestures of a scenario over its branch as it is now; `also`: territories whose accounts are wanted one by one
 * besides. TOO_LARGE when it chooses among more than 30,000 accounts, or the branch has more than 10,000 roles.
 */
export async function layOver(
  sdb: ScopedDb,
  { territory, effectiveOn, gestures }: Laying,
  also: readonly TreeStep[] = [],
): Promise<Laid> {
  const steps = gestures.flatMap((gesture) => gesture.steps)
  const live = await readLive(sdb, territory.path, [...steps, ...also])
  const names = await memberNames(
    sdb,
    steps.flatMap((step) => (step.of === 'assign' ? [step.membershipId] : [])),
  )
  const { day } = sdb.scope
  const days = { today: day, effective: effectiveOn !== null && effectiveOn > day ? effectiveOn : day }
  const nameOf = (id: string) => names.get(id) ?? ''
  const on = { day: days.effective, ahead: days.effective > days.today, nameOf }
  return { live, days, projection: project(live, gestures, on) }
}

async function readLive(sdb: ScopedDb, branch: Path, steps: readonly TreeStep[]): Promise<LiveFacts> {
  const tree = await branchNodes(sdb, branch)
  const chosen = chosenFrom(steps)
  return {
    tree,
    accounts: await chosenAccounts(
      sdb,
      steps,
      tree.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
    ),
    loads: await loadsOf(sdb, branch, tree),
    questions: await questionsOf(sdb, branch),
    held: await heldIn(sdb, branch),
  }
}

async function chosenAccounts(
  sdb: ScopedDb,
  steps: readonly TreeStep[],
  territoryIds: readonly string[],
): Promise<LiveFacts['accounts']> {
  const fieldIds = steps.flatMap((step) =>
    step.of === 'rehome' && step.rule.by === 'answer' ? [step.rule.fieldId] : [],
  )
  const found = await accountsOf(sdb, territoryIds, { fieldIds, limit: ACCOUNTS_MAX + 1 })
  if (found.length > ACCOUNTS_MAX) throw new FieldbackError('TOO_LARGE', { max: ACCOUNTS_MAX })
  const at = new Map<string, WeighedAccount[]>(territoryIds.map((id) => [id, []]))
  for (const { territoryId, ...account } of found) at.get(territoryId)?.push(account)
  return at
}

/** Reports are counted for whole branches: what is a territory's own is what those below it do not have. */
async function loadsOf(sdb: ScopedDb, branch: Path, tree: readonly TreeNode[]): Promise<Map<string, Load>> {
  const accounts = new Map((await ownAccounts(sdb, branch)).map((own) => [own.id, own]))
  const reports = await branchReports(sdb, branch)
  const below = new Map<string, number>()
  for (const { id, parentId } of tree)
    if (parentId !== null) below.set(parentId, (below.get(parentId) ?? 0) + (reports.get(id) ?? 0))
  return new Map(
    [...accounts].map(([id, { accounts, visitsDue }]) => [
      id,
      { accounts, visitsDue, reports: Math.max(0, (reports.get(id) ?? 0) - (below.get(id) ?? 0)) },
    ]),
  )
}

async function questionsOf(sdb: ScopedDb, branch: Path): Promise<LiveFacts['questions']> {
  const questions = await branchQuestions(sdb, branch)
  const usage = await fieldUsage(
    sdb,
    questions.map(({ id }) => id),
    usageSince(sdb.scope.day),
  )
  return questions.map(({ type, ...question }) => ({
    ...question,
    seconds: entryCost({ type, ...(usage.get(question.id) ?? NO_USAGE) }).seconds,
  }))
}

/** Roles held in a branch on the day, or later. TOO_LARGE beyond 10,000. */
export async function heldIn(sdb: OrgDay, branch: Path): Promise<Held[]> {
  const rows = await assignmentsOf(sdb, branch, HELD_MAX + 1)
  if (rows.length > HELD_MAX) throw new FieldbackError('TOO_LARGE', { max: HELD_MAX })
  return rows.map(({ id, membershipId, displayName, role, territoryId, validFrom, validTo }) => ({
    id,
    membershipId,
    name: displayName,
    role,
    territoryId,
    validFrom,
    validTo,
  }))
}
