import { createHash, randomBytes } from 'node:crypto'

/** Unguessable, and safe in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** All that is kept of a token: who reads the table cannot enter. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

export const linkTo = (site: string, token: string): string => new URL(`/link?token=${token}`, site).href
