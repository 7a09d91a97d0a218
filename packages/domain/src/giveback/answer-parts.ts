import { daysBetween } from '../agenda/day.ts'
import { type Answer, type AnswerValue, isEmpty } from '../field/answer.ts'
import type { FieldSpec, FieldType, Localised } from '../field/field-spec.ts'
import { clockOfMoment, dayOfMoment } from '../field/types/moment.ts'
import { scaleOf } from '../field/types/number.ts'
import type { Position, PostalAddress } from '../field/types/value.ts'

/** An answer as shown: labels and figures, no sentence. */
export type AnswerParts =
  | { readonly kind: 'yes' | 'no' }
  | { readonly kind: 'options'; readonly labels: readonly Localised[] }
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null }
  | { readonly kind: 'money'; readonly value: number; readonly currency: string }
  | { readonly kind: 'duration'; readonly minutes: number }
  /** `of`: the best note of its scale. */
  | { readonly kind: 'rating'; readonly value: number; readonly of: number }
  /** `inDays` is negative once the day has passed. `clock`: HH:MM, where it was asked. */
  | { readonly kind: 'date'; readonly day: string; readonly inDays: number; readonly clock?: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Brought to its normal form where it has one, else as typed. */
  | { readonly kind: 'phone' | 'email' | 'web'; readonly text: string }
  | { readonly kind: 'address'; readonly address: PostalAddress }
  | { readonly kind: 'position'; readonly position: Position }
  /** By its id: the name is for who may read it. */
  | { readonly kind: 'reference'; readonly to: 'account' | 'contact'; readonly id: string }
  /** In the order they were taken: what shows them finds them by their ids. */
  | { readonly kind: 'photos'; readonly ids: readonly string[] }

type Said = Exclude<AnswerValue, null>
type Reader = (spec: FieldSpec, x: Said, today: string) => AnswerParts | null

const yesNo: Reader = (_, x) => (typeof x === 'boolean' ? { kind: x ? 'yes' : 'no' } : null)

/** Options of no known label are left out. */
const options: Reader = (spec, x) => {
  const chosen: readonly unknown[] = Array.isArray(x) ? x : [x]
  const labels = spec.options.filter(({ id }) => chosen.includes(id)).map(({ label }) => label)
  return labels.length > 0 ? { kind: 'options', labels } : null
}

const number =
  (parts: (value: number, spec: FieldSpec) => AnswerParts): Reader =>
  (spec, x) =>
    typeof x === 'number' ? parts(x, spec) : null

const words =
  (parts: (text: string, today: string) => AnswerParts): Reader =>
  (_, x, today) =>
    typeof x === 'string' ? parts(x, today) : null

const plain = number((value, { unit }) => ({ kind: 'number', value, unit: unit ?? null }))
const text = words((said) => ({ kind: 'text', text: said }))

const READ: Readonly<Record<FieldType, Reader>> = {
  yes_no: yesNo,
  single_choice: options,
  multiple_choice: options,
  integer: plain,
  decimal: plain,
  money: number((value, { currency = '' }) => ({ kind: 'money', value, currency })),
  duration: number((minutes) => ({ kind: 'duration', minutes })),
  rating: number((value, spec) => ({ kind: 'rating', value, of: scaleOf(spec).most })),
  date: words((day, today) => ({ kind: 'date', day, inDays: daysBetween(today, day) })),
  date_time: words((moment, today) => {
    const day = dayOfMoment(moment)
    return { kind: 'date', day, inDays: daysBetween(today, day), clock: clockOfMoment(moment) }
  }),
  short_text: text,
  long_text: text,
  phone: words((said) => ({ kind: 'phone', text: said })),
  email: words((said) => ({ kind: 'email', text: said })),
  web_address: words((said) => ({ kind: 'web', text: said })),
  // Checked whole when they were accepted.
  postal_address: (_, x) => (typeof x === 'object' && 'street' in x ? { kind: 'address', address: x } : null),
  position: (_, x) => (typeof x === 'object' && 'latitude' in x ? { kind: 'position', position: x } : null),
  account_reference: words((id) => ({ kind: 'reference', to: 'account', id })),
  contact_reference: words((id) => ({ kind: 'reference', to: 'contact', id })),
  list_reference: options,
  photo: (_, x) => (Array.isArray(x) ? { kind: 'photos', ids: x } : null),
  computed: plain,
}

/**
 * An answer as its version reads it; null when there is no fact in it, when it is of another kind than the question, or of a
 * type that came with a later release than this phone's.
 */
export const answerParts = (spec: FieldSpec, { x }: Answer, today: string): AnswerParts | null =>
  x === null || isEmpty(x) ? null : (READ[spec.type]?.(spec, x, today) ?? null)
