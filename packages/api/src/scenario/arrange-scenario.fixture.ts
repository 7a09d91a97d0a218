import { randomUUID } from 'node:crypto'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import type { TestOrg, TestWorld } from '../test-world.ts'

type Arranged = {
  readonly territoryId: string
  readonly by?: keyof TestOrg['people']
  readonly name?: string
  readonly shared?: boolean
  readonly state?: string
  readonly effectiveOn?: string | null
  /** One step a gesture. */
  readonly steps?: readonly TreeStep[]
}

/** A scenario as its author would have drafted it; planned ones by him too. */
export async function arrangeScenario(
  sql: TestWorld['sql'],
  org: TestOrg,
  { territoryId, by = 'local', name = 'Printemps 2027', shared = true, steps = [], ...more }: Arranged,
): Promise<string> {
  const id = randomUUID()
  const { state = 'draft', effectiveOn = null } = more
  const author = org.people[by].membershipId
  const gestures = steps.map((step) => ({
    id: randomUUID(),
    steps: [step],
    by: author,
    at: '2026-11-20T10:00:00.000Z',
  }))
  await sql(
    org.orgId,
    `INSERT INTO scenario (org_id, id, territory_id, name, state, effective_on, steps, shared, author_id, planned_by, created_at, changed_by, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), $9, now())`,
    [
      org.orgId,
      id,
      territoryId,
      name,
      state,
      effectiveOn,
      JSON.stringify(gestures),
      shared,
      author,
      state === 'planned' ? author : null,
    ],
  )
  return id
}
