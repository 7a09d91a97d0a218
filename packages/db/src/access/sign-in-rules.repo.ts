import { readSignInRules, type SignInRules } from '@fieldback/domain/access/sign-in-rules'
import type { ScopedDb } from '../scoped-db.ts'

/** How people of the organisation sign in. */
export async function findSignInRules({ tx, scope }: ScopedDb): Promise<SignInRules> {
  const rows = await tx.$queryRaw<{ rules: unknown }[]>`
    SELECT sign_in_rules AS rules FROM organisation WHERE id = ${scope.orgId}::uuid`
  return readSignInRules(rows[0]?.rules)
}

export async function saveSignInRules({ tx, scope }: ScopedDb, rules: SignInRules): Promise<void> {
  await tx.$executeRaw`
    UPDATE organisation SET sign_in_rules = ${JSON.stringify(rules)}::jsonb WHERE id = ${scope.orgId}::uuid`
}
