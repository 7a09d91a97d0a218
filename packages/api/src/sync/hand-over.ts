import { inOrgSql } from '@fieldback/db/org-sql'
import {
  findPhoneStanding,
  type HandedOverRow,
  keepHandedOver,
  namingField,
  type PhoneIds,
} from '@fieldback/db/sync/handover.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import {
  HANDOVER_MOST,
  type HandedOver,
  type HandedPhoto,
  handover,
  mayHandOver,
} from '@fieldback/domain/sync/handover'
import { operationPlace, PROTOCOL } from '@fieldback/domain/sync/operation'
import { storable } from '@fieldback/domain/sync/plan-batch'
import type { Deps } from '../context.ts'
import { joinReport } from '../media/join-report.ts'
import { canonicalHash } from './canonical-hash.ts'
import { isProved, openSealed, openSealedKey, readCredential } from './sealed-key.ts'

/** A phone whose credential was found to be ours. */
export type KnownPhone = PhoneIds & { readonly seed: string; readonly revoked: boolean }

/**
 * Knows a phone by its credential, without any session. UNAUTHENTICATED when it is not ours, DEVICE_REVOKED once it was
 * withdrawn for longer than work may be handed over.
 */
export async function knowPhone(deps: Deps, credential: string): Promise<KnownPhone> {
  const claimed = readCredential(credential)
  if (!claimed) throw new FieldbackError('UNAUTHENTICATED')
  const standing = await inOrgSql(deps.db, claimed.orgId, (sql) => findPhoneStanding(sql, claimed))
  if (!standing || !isProved(standing.seed, claimed)) throw new FieldbackError('UNAUTHENTICATED')
  const { seed, revokedAt } = standing
  if (!mayHandOver(revokedAt === null ? null : new Date(revokedAt), deps.now()))
    throw new FieldbackError('DEVICE_REVOKED')
  const { orgId, membershipId, deviceId } = claimed
  return { orgId, membershipId, deviceId, seed, revoked: revokedAt !== null }
}

/**
 * Keeps what a phone hands over for its person's manager, in quarantine, and photos of accepted reports with these; empty, it
 * only asks where the phone stands. PROTOCOL_UNKNOWN; CONFLICT for a key
 * that does not open, since the phone would forget what nobody can read; TOO_MANY_ATTEMPTS past what any outbox holds.
 */
export async function handOver(deps: Deps, phone: KnownPhone, input: unknown): Promise<HandedOver> {
  const { protocol, sealedKey, operations, drafts, photos } = handover.parse(input)
  if (protocol !== PROTOCOL) throw new FieldbackError('PROTOCOL_UNKNOWN', { supported: [String(PROTOCOL)] })
  const key = sealedKey === null ? null : openSealedKey(phone.seed, phone.membershipId, sealedKey)
  const typed = [
    ...operations.map((sent) => ({ ...sent, body: opened(key, sent.body, String(sent.opId)) })),
    ...drafts.map((sent) => ({ kind: 'draft', draft: opened(key, sent, String(sent.id)) })),
  ]
  const standing = phone.revoked ? 'revoked' : 'live'
  const count = typed.length + photos.length
  if (count === 0) return { standing, kept: 0 }
  const apart: ReturnType<typeof openedPhoto>[] = []
  for (const photo of photos.map((sent) => openedPhoto(key, sent)))
    if (!(await joinReport(deps, phone, photo.id, Buffer.from(photo.jpeg, 'base64url')))) apart.push(photo)
  await inOrgSql(deps.db, phone.orgId, async (sql) => {
    // What names a photo came before it: by its question it is known who may see it.
    const pictures = await Promise.all(
      apart.map(async (photo) => {
        const fieldId = await namingField(sql, phone, photo.id)
        return { kind: 'photo', photo: { ...photo, ...(fieldId && { fieldId }) } }
      }),
    )
    const held = await keepHandedOver(sql, phone, [...typed, ...pictures].map(rowOf))
    if (held > HANDOVER_MOST) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: 86_400 })
  })
  return { standing, kept: count }
}

/** A piece that does not open is kept closed: the others are not held up for it. */
function opened(key: Uint8Array | null, value: unknown, name: string): unknown {
  const isSealed = typeof value === 'object' && value !== null && 'sealed' in value
  if (key === null || !isSealed || typeof value.sealed !== 'string') return value
  try {
    return JSON.parse(openSealed(key, value.sealed, name).toString('utf8'))
  } catch {
    return value
  }
}

function openedPhoto(key: Uint8Array | null, { sealed, ...photo }: HandedPhoto) {
  if (key === null || !sealed) return photo
  try {
    return { ...photo, jpeg: openSealed(key, photo.jpeg, photo.id).toString('base64url') }
  } catch {
    return { ...photo, sealed }
  }
}

function rowOf(sent: unknown): HandedOverRow {
  const operation = storable(sent)
  const opId = operationPlace.safeParse(operation).data?.opId ?? null
  return { opId, bodyHash: canonicalHash(operation), code: 'OP_HANDED_OVER', operation }
}
