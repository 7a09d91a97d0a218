import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { vi } from 'vitest'

type Extensions = { readonly prf?: { readonly eval?: { readonly first: Uint8Array } } }

/** A phone's own authenticator as a browser shows it: a secret for each key and salt, once its person agrees. */
export function openAuthenticator({ givesSecrets = true } = {}) {
  const keys = new Map<string, Buffer>()
  const state = { agrees: true }
  class Given {
    readonly rawId: ArrayBuffer
    readonly #prf: object
    constructor(id: string, prf: object) {
      this.rawId = new TextEncoder().encode(id).buffer as ArrayBuffer
      this.#prf = prf
    }
    getClientExtensionResults() {
      return { prf: this.#prf }
    }
    static async getClientCapabilities() {
      return { 'extension:prf': givesSecrets, userVerifyingPlatformAuthenticator: true }
    }
    static async signalUnknownCredential({ credentialId }: { credentialId: string }) {
      keys.delete(Buffer.from(credentialId, 'base64url').toString())
    }
  }
  const refuse = () => {
    throw new DOMException('Not allowed.', 'NotAllowedError')
  }
  const secretOf = (key: Buffer, { prf }: Extensions) =>
    new Uint8Array(
      createHmac('sha256', key)
        .update(prf?.eval?.first ?? '')
        .digest(),
    ).buffer
  vi.stubGlobal('PublicKeyCredential', Given)
  vi.stubGlobal('location', { hostname: 'fieldback.test' })
  vi.stubGlobal('navigator', {
    credentials: {
      // Some give their secret at the next question only.
      create: async () => {
        if (!state.agrees) return refuse()
        const id = randomUUID()
        keys.set(id, randomBytes(32))
        return new Given(id, { enabled: givesSecrets })
      },
      get: async ({
        publicKey,
      }: {
        publicKey: { allowCredentials: { id: Uint8Array }[]; extensions: Extensions }
      }) => {
        const id = new TextDecoder().decode(publicKey.allowCredentials[0]?.id)
        const key = keys.get(id)
        if (!state.agrees || !key) return refuse()
        return new Given(id, { results: { first: secretOf(key, publicKey.extensions) } })
      },
    },
  })
  return { keys, state }
}
