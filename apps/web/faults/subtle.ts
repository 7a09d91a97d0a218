import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createSecretKey,
  type ECDH,
  hkdfSync,
  type KeyObject,
  pbkdf2Sync,
  randomBytes,
} from 'node:crypto'
import { Noted } from './noted.ts'

/** A key as the code holds it. */
type Key = { readonly raw: Buffer; readonly secret?: KeyObject; readonly pair?: ECDH }
type Algorithm = {
  readonly name: string
  readonly iv?: Uint8Array
  readonly additionalData?: Uint8Array
  readonly salt?: Uint8Array
  readonly info?: Uint8Array
  readonly public?: Key
}

const TAG_BYTES = 16
const IV_BYTES = 12
const KEY_BYTES = 32

const bytesOf = (given: ArrayBuffer | Uint8Array): Buffer =>
  given instanceof ArrayBuffer
    ? Buffer.from(given)
    : Buffer.from(given.buffer, given.byteOffset, given.byteLength)
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** A schedule is no machine that tries codes: once is enough. */
export const codeBits = (typed: Uint8Array, salt: Uint8Array): Buffer =>
  pbkdf2Sync(typed, salt, 1, KEY_BYTES, 'sha256')

/** Opens what mobile/lock/cipher.ts closed, or null. */
export function openClosed(raw: Uint8Array, closed: ArrayBuffer, name: string): Buffer | null {
  const bytes = bytesOf(closed)
  return decrypted(raw, bytes.subarray(IV_BYTES), {
    iv: bytes.subarray(0, IV_BYTES),
    bound: Buffer.from(name),
  })
}

type Opening = {
  readonly secret?: KeyObject | undefined
  readonly iv: Uint8Array
  readonly bound: Uint8Array
}

/** By what lies closed, which is never written over: most of it is opened at each exchange, with the same key. */
const opened = new Noted<ArrayBufferLike, Opening & { readonly raw: Uint8Array; readonly plain: Buffer }>()

function decrypted(raw: Uint8Array, bytes: Buffer, { secret, iv, bound }: Opening): Buffer | null {
  const known = opened.get(bytes.buffer)
  if (known && same(known.raw, raw) && same(known.iv, iv) && same(known.bound, bound)) return known.plain
  const cipher = createDecipheriv('aes-256-gcm', secret ?? raw, iv)
  cipher.setAAD(bound)
  cipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const plain = Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()])
    opened.set(bytes.buffer, { raw, iv, bound, plain })
    return plain
  } catch {
    return null
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/**
 * The browser's cryptography, as far as the lock of a phone uses it, done at once: what works on threads is over in an
 * order that no seed decides.
 */
export const subtle = {
  async digest(_: 'SHA-256', bytes: ArrayBuffer): Promise<ArrayBuffer> {
    return bufferOf(createHash('sha256').update(bytesOf(bytes)).digest())
  },
  async importKey(_: 'raw', bytes: ArrayBuffer | Uint8Array): Promise<Key> {
    const raw = Buffer.from(bytesOf(bytes))
    return { raw, ...(raw.length === KEY_BYTES && { secret: createSecretKey(raw) }) }
  },
  async generateKey(): Promise<{ readonly publicKey: Key; readonly privateKey: Key }> {
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(randomBytes(KEY_BYTES))
    const key = { raw: pair.getPublicKey(), pair }
    return { publicKey: key, privateKey: key }
  },
  async exportKey(_: 'raw', { raw }: Key): Promise<ArrayBuffer> {
    return bufferOf(raw)
  },
  async deriveBits(
    { name, salt, info, public: theirs }: Algorithm,
    { raw, pair }: Key,
  ): Promise<ArrayBuffer> {
    if (name === 'ECDH' && pair && theirs) return bufferOf(pair.computeSecret(theirs.raw))
    const start = salt ?? new Uint8Array()
    if (name === 'HKDF') return hkdfSync('sha256', raw, start, info ?? new Uint8Array(), KEY_BYTES)
    return bufferOf(codeBits(raw, start))
  },
  async encrypt(
    { iv, additionalData }: Algorithm,
    { raw, secret }: Key,
    bytes: Uint8Array,
  ): Promise<ArrayBuffer> {
    const cipher = createCipheriv('aes-256-gcm', secret ?? raw, iv ?? new Uint8Array(IV_BYTES))
    cipher.setAAD(additionalData ?? new Uint8Array())
    return bufferOf(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]))
  },
  async decrypt(
    { iv, additionalData }: Algorithm,
    { raw, secret }: Key,
    bytes: Uint8Array,
  ): Promise<ArrayBuffer> {
    const opened = decrypted(raw, bytesOf(bytes), {
      secret,
      iv: iv ?? new Uint8Array(IV_BYTES),
      bound: additionalData ?? new Uint8Array(),
    })
    if (!opened) throw new DOMException('The operation failed.', 'OperationError')
    return bufferOf(opened)
  },
}
