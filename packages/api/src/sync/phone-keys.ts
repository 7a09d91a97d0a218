import type { ScopedSql } from '@fieldback/db/scoped-db'
import { findPhoneStanding, type PhoneStanding } from '@fieldback/db/sync/handover.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Session } from '../context.ts'
import { credentialOf, openSealedKey, sealPublicKey } from './sealed-key.ts'

export type PhoneKeys = {
  readonly membershipId: string
  /** By which this phone may hand over its work when it may do nothing else. */
  readonly credential: string
  /** To which this phone closes the key of its lock. */
  readonly publicKey: string
}

/** What a phone keeps for the day when its person cannot open it, or it is withdrawn. */
export async function phoneKeys(sdb: ScopedSql): Promise<PhoneKeys> {
  const { seed } = await standingOf(sdb)
  const { membershipId } = sdb.scope
  return { membershipId, credential: credentialOf(seed, sdb.scope), publicKey: sealPublicKey(seed) }
}

/** How long after he proved who he is a person may have the key of his locked phone back. */
const FRESH_MINUTES = 10

/**
 * Gives a member back the key of his own locked phone, in base64url, when he has just signed in: the session of a phone
 * that was found proves nothing. UNAUTHENTICATED otherwise, CONFLICT for a key that is not his.
 */
export async function recoverKey(
  sdb: ScopedSql,
  session: Session,
  { sealedKey, now }: { readonly sealedKey: string; readonly now: Date },
): Promise<string> {
  const age = now.getTime() - (session.proof?.at ?? 0)
  if (age > FRESH_MINUTES * 60_000) throw new FieldbackError('UNAUTHENTICATED', { reason: 'proof_too_old' })
  const { seed } = await standingOf(sdb)
  return openSealedKey(seed, sdb.scope.membershipId, sealedKey).toString('base64url')
}

async function standingOf({ tx, scope }: ScopedSql): Promise<PhoneStanding> {
  const standing = await findPhoneStanding(tx, scope)
  if (!standing) throw new FieldbackError('DEVICE_REVOKED')
  return standing
}
