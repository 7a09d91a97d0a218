import * as z from 'zod'

/** Days without use after which a browser must sign in again. */
export const SESSION_DAYS_MAX = 90
const days = z.int().min(1).max(SESSION_DAYS_MAX)

/** How people of an organisation sign in. At least one way stays open. */
export const signInRules = z
  .object({ password: z.boolean(), link: z.boolean(), deskDays: days, phoneDays: days })
  .refine((rules) => rules.password || rules.link, { path: ['link'] })
export type SignInRules = z.infer<typeof signInRules>

export const DEFAULT_SIGN_IN_RULES: SignInRules = { password: true, link: true, deskDays: 30, phoneDays: 30 }

/** Rules as they are kept; those that do not read are the usual ones, so that nobody is shut out by a row. */
export function readSignInRules(kept: unknown): SignInRules {
  const parsed = signInRules.safeParse(kept)
  return parsed.success ? parsed.data : DEFAULT_SIGN_IN_RULES
}

export type DeviceKind = 'desk' | 'phone'

export const sessionDays = (rules: SignInRules, kind: DeviceKind): number =>
  kind === 'phone' ? rules.phoneDays : rules.deskDays

/** How and when (milliseconds since 1970) a person last proved who he is. */
export type Proof = {
  readonly way: 'password' | 'link'
  readonly at: number
  /** The organisation whose own link it was, an invitation for instance: there it always lets in. */
  readonly sentBy?: string | undefined
}

/** Null when an organisation lets in who came this way; else the code that names the way it asks for. */
export function wayRefused(
  rules: SignInRules,
  proof: Proof,
  orgId: string,
): 'SIGN_IN_BY_LINK' | 'SIGN_IN_BY_PASSWORD' | null {
  if (rules[proof.way] || proof.sentBy === orgId) return null
  return proof.way === 'password' ? 'SIGN_IN_BY_LINK' : 'SIGN_IN_BY_PASSWORD'
}
