/** Whose work this phone holds: read before anything else, so that opening needs neither network nor session. */
export type Identity = {
  readonly orgId: string
  readonly membershipId: string
  readonly displayName: string
  readonly locale: string | null
}

const KEY = 'fieldback.identity'

export function readIdentity(): Identity | null {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isIdentity(parsed) ? parsed : null
  } catch {
    return null
  }
}

export const writeIdentity = (identity: Identity): void => localStorage.setItem(KEY, JSON.stringify(identity))

/** Forgets who was here; his cache and outbox stay for when he comes back. */
export const forgetIdentity = (): void => localStorage.removeItem(KEY)

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' &&
  value !== null &&
  'orgId' in value &&
  'membershipId' in value &&
  typeof value.orgId === 'string' &&
  typeof value.membershipId === 'string'
