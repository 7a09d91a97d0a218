import { type FoundingDeps, found, lookAtFounding } from '@fieldback/api/org/found'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FoundingForm, FoundingState } from '@fieldback/domain/org/founding'
import { doorDeps, passFor, provedNow, requestAddress } from './door.ts'
import { hashPassword } from './password.ts'
import { keepSession } from './session.ts'

const foundingDeps = (): FoundingDeps => ({ ...doorDeps(), hashPassword })

/** What a link's page says; `locked` while this network has guessed too often. */
export async function findFounding(token: string): Promise<FoundingState | 'locked'> {
  try {
    return await lookAtFounding(foundingDeps(), { token, address: await requestAddress() })
  } catch (error) {
    if (error instanceof FieldbackError && error.code === 'TOO_MANY_ATTEMPTS') return 'locked'
    throw error
  }
}

/**
 * Founds an organisation and signs its administrator in. Not when his address was known: whoever holds the link has not
 * shown that he is that person.
 */
export async function foundAndEnter(form: FoundingForm): Promise<{ readonly entered: boolean }> {
  const { personId, membershipId, known } = await found(foundingDeps(), form, await requestAddress())
  if (known) return { entered: false }
  // Not a link mailed to him: nothing has shown that the address is his.
  const proof = provedNow('password')
  const { orgId, deviceId } = await passFor(personId, membershipId, proof)
  if (!orgId || !deviceId) throw new FieldbackError('UNAVAILABLE')
  await keepSession({ personId, orgId, membershipId, deviceId, proof })
  return { entered: true }
}
