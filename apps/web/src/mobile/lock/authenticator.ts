import { type Bytes, toBase64url } from './cipher.ts'

/** What the phone keeps to ask its authenticator again: of no use to anybody without it. */
export type Enrolled = {
  readonly id: Bytes
  /** What the authenticator is asked to make a secret of. */
  readonly salt: Bytes
}

/** `refused`: the person turned away, or the phone has no such key any more: browsers do not say which. */
export type NoSecret = 'refused' | 'unable'

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

/** Whether this phone knows its person by face, finger or code, and makes a secret of it. */
export async function hasAuthenticator(): Promise<boolean> {
  const { PublicKeyCredential: api } = globalThis
  if (!api?.getClientCapabilities) return false
  const can = await api.getClientCapabilities().catch(() => ({}) as Record<string, boolean>)
  return can['extension:prf'] === true && can.userVerifyingPlatformAuthenticator === true
}

/** Makes a key on the phone's authenticator, and the secret it gives. No server knows of it: it signs nobody in. */
export async function enrol(name: string): Promise<{ enrolled: Enrolled; secret: Bytes } | NoSecret> {
  const salt = random(32)
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: random(32),
    rp: { name: 'Fieldback' },
    // Another each time: an authenticator shared between two phones must not replace the key of the one by the other's.
    user: { id: random(32), name, displayName: name },
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
    extensions: { prf: { eval: { first: salt } } },
  }
  const made = await prompt(() => navigator.credentials.create({ publicKey }))
  if (typeof made === 'string') return made
  const enrolled = { id: new Uint8Array(made.rawId), salt }
  const { prf } = made.getClientExtensionResults()
  if (!prf?.enabled) {
    await forget(enrolled)
    return 'unable'
  }
  // Some give it at once, some at the next question only.
  const secret = prf.results?.first ? bytesOf(prf.results.first) : await askSecret(enrolled)
  if (typeof secret !== 'string') return { enrolled, secret }
  await forget(enrolled)
  return secret
}

/** The secret that an authenticator gives its person and nobody else. */
export async function askSecret({ id, salt }: Enrolled): Promise<Bytes | NoSecret> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: random(32),
    allowCredentials: [{ type: 'public-key', id, transports: ['internal'] }],
    userVerification: 'required',
    extensions: { prf: { eval: { first: salt } } },
  }
  const given = await prompt(() => navigator.credentials.get({ publicKey }))
  if (typeof given === 'string') return given
  const secret = given.getClientExtensionResults().prf?.results?.first
  return secret ? bytesOf(secret) : 'unable'
}

/** Has the phone take the key off its own list, where it knows how; it opens nothing any more either way. */
export async function forget({ id }: Pick<Enrolled, 'id'>): Promise<void> {
  const credentialId = toBase64url(id)
  await PublicKeyCredential.signalUnknownCredential?.({ rpId: location.hostname, credentialId }).catch(
    () => {},
  )
}

const bytesOf = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength)

async function prompt(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | NoSecret> {
  try {
    const given = await ask()
    return given instanceof PublicKeyCredential ? given : 'unable'
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'unable'
  }
}
