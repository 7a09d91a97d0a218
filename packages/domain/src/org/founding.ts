import * as z from 'zod'
import { nameKey, normaliseEmail, oneLine } from '../account/normalise.ts'
import type { LevelName } from './level-names.ts'
import { PASSWORD_MAX } from './password-fault.ts'

/** A link to found an organisation serves once, within this many days. */
export const FOUNDING_DAYS = 7

/** What can be seen of a link without using it; `unknown` was never made. */
export type FoundingState = 'open' | 'spent' | 'expired' | 'unknown'

/** A name on one line: anything that can be written, up to `max` characters. */
export const lineOf = (max: number) => z.string().transform(oneLine).pipe(z.string().min(1).max(max))

export const ORGANISATION_NAME_MAX = 80
export const PERSON_NAME_MAX = 100

/** What founding an organisation asks. `password` is null for who prefers links by e-mail. */
export const foundingForm = z.object({
  token: z.string().min(1).max(100),
  name: lineOf(ORGANISATION_NAME_MAX),
  displayName: lineOf(PERSON_NAME_MAX),
  email: z
    .string()
    .max(300)
    .transform((typed, ctx) => {
      const email = normaliseEmail(typed)
      if (email === null) ctx.addIssue({ code: 'custom', message: 'not an address' })
      return email ?? z.NEVER
    }),
  password: z.string().max(PASSWORD_MAX).nullable(),
  locale: z.enum(['fr', 'en']),
  timeZone: z.string().max(60),
})
export type FoundingForm = z.infer<typeof foundingForm>

/** The levels' names until the organisation gives its own. */
export const DEFAULT_LEVEL_NAMES: readonly LevelName[] = [
  { fr: 'National', en: 'National' },
  { fr: 'Régional', en: 'Regional' },
  { fr: 'Local', en: 'Local' },
  { fr: 'Sous-secteur', en: 'Sub-sector' },
]

const SLUG_MAX = 48

/** The short form of a name for addresses: "Établissements Delmas & Fils" is etablissements-delmas-fils. */
export const slugOf = (name: string): string =>
  nameKey(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replace(/^-+|-+$/g, '') || 'organisation'
