import { administratorPeriods, lockOrganisation } from '@fieldback/db/access/administrators.repo'
import { findSignInRules } from '@fieldback/db/access/sign-in-rules.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { administeredUntil } from '@fieldback/domain/access/administered-until'
import { FieldbackError } from '@fieldback/domain/errors'

/**
 * Does what may take an administrator away, and undoes it with LAST_ADMINISTRATOR when afterwards the organisation would
 * be administered for less long than before. The one place of this rule: withdrawing access, ending a role, closing or
 * moving the root, rules of signing in all go through it. Such changes come one after the other, so two administrators
 * who remove each other at the same instant are not both heard.
 */
export async function keepAdministrator<T>(sdb: ScopedDb, change: () => Promise<T>): Promise<T> {
  await lockOrganisation(sdb)
  const before = await until(sdb)
  const done = await change()
  if ((await until(sdb)) < before) throw new FieldbackError('LAST_ADMINISTRATOR')
  return done
}

async function until(sdb: ScopedDb): Promise<string> {
  const { link } = await findSignInRules(sdb)
  return administeredUntil(await administratorPeriods(sdb, { byPassword: !link }), sdb.scope.day)
}
