import { isDeepStrictEqual } from 'node:util'
import { withPassword } from '@fieldback/db/access/administrators.repo'
import { findSignInRules, saveSignInRules } from '@fieldback/db/access/sign-in-rules.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { SignInRules } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import { refuseChanged } from '../meanwhile.ts'
import { requireWholeOrganisation } from './administer.ts'
import { keepAdministrator } from './keep-administrator.ts'

/** How people of the organisation sign in. FORBIDDEN. */
export async function readRules(sdb: ScopedDb): Promise<SignInRules> {
  await requireWholeOrganisation(sdb)
  return findSignInRules(sdb)
}

/**
 * Changes how people sign in; answers the rules it replaces, to undo. Sessions stay open whatever way they came.
 * SIGN_IN_RULES_LOCK_OUT for who would shut the only way he has himself, LAST_ADMINISTRATOR when nobody else could
 * enter for as long, CHANGED_MEANWHILE when they are not those that he knew.
 */
export async function changeRules(
  sdb: ScopedDb,
  { known, ...rules }: SignInRules & { readonly known?: SignInRules | undefined },
  auditId: string,
): Promise<SignInRules> {
  await requireWholeOrganisation(sdb)
  return keepAdministrator(sdb, async () => {
    const before = await findSignInRules(sdb)
    if (!isDeepStrictEqual(before, rules)) refuseChanged(known, before)
    const { membershipId } = sdb.scope
    if (!rules.link && !(await withPassword(sdb.tx, [membershipId])).has(membershipId))
      throw new FieldbackError('SIGN_IN_RULES_LOCK_OUT')
    await saveSignInRules(sdb, rules)
    await writeAudit(sdb, {
      id: auditId,
      action: 'access.setSignInRules',
      subjectId: null,
      detail: { ...rules },
    })
    return before
  })
}
