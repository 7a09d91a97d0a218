import { memberNames, territoryNames } from '@fieldback/db/scenario/live-facts.repo'
import type { OrgDay } from '@fieldback/db/scoped-db'
import type { Names } from '@fieldback/domain/scenario/told'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { namedBy } from '../territory/apply-steps.ts'

/** What territories and people are called that some steps name; questions and roles that end are not looked up. */
export async function stepNames(org: OrgDay, steps: readonly TreeStep[]): Promise<Names> {
  const people = await memberNames(
    org,
    steps.flatMap((step) => (step.of === 'assign' ? [step.membershipId] : [])),
  )
  return {
    nodes: await territoryNames(org, namedBy(steps).ids),
    held: new Map(),
    questions: new Map(),
    person: (id) => people.get(id) ?? '',
    made: new Map(steps.flatMap((step) => (step.of === 'create' ? [[step.id, step.name] as const] : []))),
  }
}
