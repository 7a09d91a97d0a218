import type { Day } from '@fieldback/domain/agenda/day'
import type { Forms } from './define-fields.ts'
import type { France } from './france.ts'
import type { PhoneBook } from './phone-numbers.ts'

/** What making an account or a contact draws on. */
export type Making = {
  readonly map: France
  readonly forms: Forms
  readonly phones: PhoneBook
  readonly today: Day
  /** When what is known since a day was written down. */
  readonly instantOf: (day: Day) => string
}
