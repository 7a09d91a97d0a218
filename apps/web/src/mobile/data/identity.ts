/** Whose work this phone holds: read before anything else, so that opening needs neither network nor session. */
export type Identity = {
  readonly orgId: string
  readonly membershipId: string
  readonly displayName: string
  readonly locale: string | null
}

export const IDENTITY_KEY = 'fieldback.identity'

export function readIdentity(): Identity | null {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(IDENTITY_KEY) ?? 'null')
    return isIdentity(parsed) ? parsed : null
  } catch {
    return null
  }
}

export const writeIdentity = (identity: Identity): void =>
  localStorage.setItem(IDENTITY_KEY, JSON.stringify(identity))

/** Forgets who was here; his cache and outbox stay for when he comes back. */
export const forgetIdentity = (): void => localStorage.removeItem(IDENTITY_KEY)

export const lockFlag = (membershipId: string): string => `fieldback.locked.${membershipId}`

/** Whether a code is asked before anything is read; set and taken away with the lock itself (lock/lock-store.ts). */
export const isLocked = ({ membershipId }: Pick<Identity, 'membershipId'>): boolean =>
  localStorage.getItem(lockFlag(membershipId)) !== null

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' &&
  value !== null &&
  'orgId' in value &&
  'membershipId' in value &&
  typeof value.orgId === 'string' &&
  typeof value.membershipId === 'string'
