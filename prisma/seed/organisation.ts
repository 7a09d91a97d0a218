import type { Day } from '@fieldback/domain/agenda/day'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Account } from './accounts.ts'
import type { Callback } from './callbacks.ts'
import type { Forms } from './define-fields.ts'
import type { Territory } from './france.ts'
import { ledgerOf } from './ledger.ts'
import type { Member } from './people.ts'
import { Random } from './random.ts'
import type { Report } from './reports.ts'

/** What is kept of an account; how it came about is no longer needed. */
export type KeptAccount = Omit<Account, 'truth' | 'usualRepId' | 'department'> & {
  readonly createdBy: string
}

/** All that an organisation holds, before it is rows. */
export type Organisation = {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly today: Day
  readonly territories: readonly Territory[]
  readonly members: readonly Member[]
  readonly definitions: readonly FieldDefinition[]
  /** Membership that published each question, by territory. */
  readonly publishers: ReadonlyMap<string, string>
  readonly forms: Forms
  readonly accounts: readonly KeptAccount[]
  readonly reports: readonly Report[]
  readonly callbacks: readonly Callback[]
}

/** Names of the four levels, by rank. */
export const LEVEL_NAMES = [
  { fr: 'National', en: 'National' },
  { fr: 'Régional', en: 'Regional' },
  { fr: 'Local', en: 'Local' },
  { fr: 'Sous-secteur', en: 'Sub-sector' },
] as const

export const ledgerFor = (organisation: Organisation) =>
  ledgerOf(new Random(`${organisation.slug}/ledger`), organisation.reports, organisation.forms)
