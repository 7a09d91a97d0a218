import {
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  type ECDH,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto'
import type { PhoneIds } from '@fieldback/db/sync/handover.repo'
import { FieldbackError } from '@fieldback/domain/errors'

/** Between the phone (apps/web/src/mobile/lock/seal-key.ts) and here: changed on both sides or on none. */
const LABEL = 'fieldback phone key'
const CURVE = 'prime256v1'
const POINT_BYTES = 65
const IV_BYTES = 12
const TAG_BYTES = 16

const derived = (secret: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, 32))

function keyPair(seed: string): ECDH {
  const pair = createECDH(CURVE)
  pair.setPrivateKey(derived(Buffer.from(seed, 'hex'), Buffer.alloc(0), 'seal'))
  return pair
}

/** The organisation's public key, to which a phone closes its own: a point of P-256, in base64url. */
export const sealPublicKey = (seed: string): string => keyPair(seed).getPublicKey('base64url', 'uncompressed')

/**
 * Opens the key that a member's phone closed for the organisation. One that was closed for another member does not open:
 * CONFLICT, as for anything that is no such key.
 */
export function openSealedKey(seed: string, membershipId: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url')
  const point = bytes.subarray(0, POINT_BYTES)
  try {
    const shared = keyPair(seed).computeSecret(point)
    return decrypt(derived(shared, point, `${LABEL} ${membershipId}`), bytes.subarray(POINT_BYTES), '')
  } catch {
    throw new FieldbackError('CONFLICT', { what: 'phone_key' })
  }
}

/** Opens what a phone keeps under its key: AES-GCM, bound to the name of what it is. Throws when it is not that. */
export const openSealed = (key: Uint8Array, sealed: string, name: string): Buffer =>
  decrypt(key, Buffer.from(sealed, 'base64url'), name)

function decrypt(key: Uint8Array, bytes: Buffer, name: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

const credentialProof = (seed: string, { orgId, membershipId, deviceId }: PhoneIds): Buffer =>
  createHmac('sha256', derived(Buffer.from(seed, 'hex'), Buffer.alloc(0), 'handover'))
    .update(`${orgId}/${membershipId}/${deviceId}`)
    .digest()

/** By which a phone hands over its work when it may do nothing else: whose it is, and the proof that we said so. */
export const credentialOf = (seed: string, phone: PhoneIds): string =>
  [phone.orgId, phone.membershipId, phone.deviceId, credentialProof(seed, phone).toString('base64url')].join(
    '.',
  )

const CREDENTIAL =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/

/** Whose a credential claims to be; null when it is none. It proves nothing before `isProved`. */
export function readCredential(text: string): (PhoneIds & { readonly proof: string }) | null {
  const [, orgId, membershipId, deviceId, proof] = CREDENTIAL.exec(text) ?? []
  return orgId && membershipId && deviceId && proof ? { orgId, membershipId, deviceId, proof } : null
}

export const isProved = (seed: string, { proof, ...phone }: PhoneIds & { readonly proof: string }): boolean =>
  timingSafeEqual(digest(Buffer.from(proof, 'base64url')), digest(credentialProof(seed, phone)))

/** Of one length, whatever was sent. */
const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
