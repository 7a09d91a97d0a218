const IV_BYTES = 12

export type Bytes = Uint8Array<ArrayBuffer>

const utf8 = new TextEncoder()

/** AES-GCM under a new random start, which goes before what it gives; bound to a name. */
export async function encrypt(key: CryptoKey, bytes: Bytes, name: string): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8.encode(name) }
  const closed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, bytes))
  const whole = new Uint8Array(IV_BYTES + closed.byteLength)
  whole.set(iv)
  whole.set(closed, IV_BYTES)
  return whole.buffer
}

/** Rejects when the key is another, the name is, or anything was changed. */
export function decrypt(key: CryptoKey, closed: ArrayBuffer, name: string): Promise<ArrayBuffer> {
  const iv = new Uint8Array(closed, 0, IV_BYTES)
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8.encode(name) }
  return crypto.subtle.decrypt(algorithm, key, new Uint8Array(closed, IV_BYTES))
}

/** A key that does its work and can be taken out by nobody. */
export const importKey = (raw: Bytes | ArrayBuffer): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

export const toBase64url = (bytes: ArrayBuffer | Bytes): string => {
  let text = ''
  const all = new Uint8Array(bytes)
  // As many at once as a call takes arguments.
  for (let at = 0; at < all.length; at += 0x8000)
    text += String.fromCharCode(...all.subarray(at, at + 0x8000))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export const fromBase64url = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
