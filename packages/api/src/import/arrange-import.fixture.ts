import { randomUUID } from 'node:crypto'
import type { TestOrg, TestWorld } from '../test-world.ts'

/** An import that is done, without going through the worker. */
export async function arrangeImport(sql: TestWorld['sql'], org: TestOrg): Promise<string> {
  const id = randomUUID()
  await sql(
    org.orgId,
    `INSERT INTO file_import (org_id, id, kind, file_name, state, columns, created_by, finished_at)
     VALUES ($1, $2, 'accounts', 'clients.csv', 'done', '[{"header":"Nom","samples":[]}]', $3, now())`,
    [org.orgId, id, org.people.admin.membershipId],
  )
  return id
}
