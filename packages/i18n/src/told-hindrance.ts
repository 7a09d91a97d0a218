import type { Localised } from '@fieldback/domain/field/field-spec'
import { type Fault, type StandsHere, standingOf } from '@fieldback/domain/territory/placement'
import type { Formats } from './format.ts'
import type { MessageValues } from './icu.ts'

export type StandingWords = {
  /** Of the namespace `territory`. */
  readonly place: (key: `admin.closeForm.${keyof StandsHere}`, values: MessageValues) => string
  readonly formats: Pick<Formats, 'list'>
}

const STANDING: readonly (keyof StandsHere)[] = ['children', 'accounts', 'inClosed', 'people', 'fields']

/** What stands on a territory: « 3 comptes et 1 personne ». */
export const toldStanding = (here: StandsHere, { place, formats }: StandingWords): string =>
  formats.list(
    STANDING.filter((what) => here[what] > 0).map((what) =>
      place(`admin.closeForm.${what}`, { count: here[what] }),
    ),
  )

export type HindranceWords = StandingWords & {
  /** Of the namespace `scenario`. */
  readonly text: (
    key: 'gestures.missing' | `hindrance.${'stands' | 'unchosen' | 'choice' | 'noRights'}`,
    values?: MessageValues,
  ) => string
  readonly label: (label: Localised) => string
  readonly sentence: (fault: Fault) => string
}

/** Why a gesture cannot be taken, in a sentence without its gesture. */
export function toldHindrance(
  { fault, question }: { readonly fault: Fault; readonly question: Localised | null },
  words: HindranceWords,
): string {
  const { text, label, sentence } = words
  const standing = standingOf(fault)
  if (standing) return toldStands(standing.here, words)
  if (question && fault.code === 'TERRITORY_FIELDS_MEET')
    return text('hindrance.unchosen', { question: label(question) })
  const why =
    fault.code === 'FORBIDDEN' || fault.code === 'MEMBERSHIP_REVOKED'
      ? text('hindrance.noRights')
      : fault.code === 'NOT_FOUND'
        ? text('gestures.missing')
        : sentence(fault)
  return question ? text('hindrance.choice', { question: label(question), why }) : why
}

function toldStands(here: StandsHere, words: HindranceWords): string {
  const count = STANDING.reduce((sum, what) => sum + here[what], 0)
  return words.text('hindrance.stands', { count, list: toldStanding(here, words) })
}
