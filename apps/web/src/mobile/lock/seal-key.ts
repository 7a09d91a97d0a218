import { type Bytes, encrypt, fromBase64url, importKey } from './cipher.ts'

/** Between here and the server (packages/api/src/sync/sealed-key.ts): changed on both sides or on none. */
const LABEL = 'fieldback phone key'
const CURVE = { name: 'ECDH', namedCurve: 'P-256' }

/** Closes a phone's key for the server alone, which gives it back to its person or opens what a withdrawn phone hands over. */
export async function sealKey(raw: Bytes, publicKey: string, membershipId: string): Promise<Bytes> {
  const theirs = await crypto.subtle.importKey('raw', fromBase64url(publicKey), CURVE, false, [])
  const own = await crypto.subtle.generateKey(CURVE, false, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey))
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256)
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode(`${LABEL} ${membershipId}`)
  const wrap = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: point, info },
    material,
    256,
  )
  const closed = new Uint8Array(await encrypt(await importKey(wrap), raw, ''))
  const whole = new Uint8Array(point.byteLength + closed.byteLength)
  whole.set(point)
  whole.set(closed, point.byteLength)
  return whole
}
