import {
  clearFailures,
  countFailure,
  type Person,
  personByEmail,
  retryAfter,
  takeAttempt,
} from '@fieldback/db/identity/identity.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { attemptSubject, NETWORK_RULE, networkOf, normaliseEmail, PASSWORD_RULE } from './attempt-rules.ts'
import type { DoorDeps } from './door.ts'

export type PasswordAttempt = { readonly email: string; readonly password: string; readonly address: string }

/**
 * Who gave this address and password. CREDENTIALS_WRONG, the same for an unknown address and as slow;
 * TOO_MANY_ATTEMPTS {seconds}, also the same, since counters do not ask whether the address exists.
 */
export async function signInWithPassword(deps: DoorDeps, attempt: PasswordAttempt): Promise<Person> {
  const email = normaliseEmail(attempt.email)
  const person = attemptSubject(deps.secret, 'password', email)
  const network = attemptSubject(deps.secret, 'network', networkOf(attempt.address))
  const wait = (await retryAfter(deps.db, [network])) || (await takeAttempt(deps.db, person, PASSWORD_RULE))
  if (wait > 0) {
    deps.log.warn('sign-in.locked', { seconds: wait })
    throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: wait })
  }
  const found = await personByEmail(deps.db, email)
  const right = await deps.verifyPassword(found?.passwordHash ?? null, attempt.password)
  if (!found || !right) {
    await countFailure(deps.db, network, NETWORK_RULE)
    deps.log.info('sign-in.refused')
    throw new FieldbackError('CREDENTIALS_WRONG')
  }
  await clearFailures(deps.db, person)
  return { id: found.id, email: found.email }
}
