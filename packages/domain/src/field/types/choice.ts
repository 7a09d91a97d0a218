import type { FieldSpec } from '../field-spec.ts'
import type { Check } from './value.ts'

const hasOption = (spec: FieldSpec, id: string): boolean => spec.options.some((option) => option.id === id)

export const yesNoFault: Check = (_, value) => (typeof value === 'boolean' ? null : 'ANSWER_TYPE')

/** Retired options fit: an old phone may still send them. */
export const choiceFault: Check = (spec, value) => {
  if (typeof value !== 'string') return 'ANSWER_TYPE'
  return hasOption(spec, value) ? null : 'ANSWER_OPTION'
}

export const choicesFault: Check = (spec, value) => {
  if (!Array.isArray(value)) return 'ANSWER_TYPE'
  return new Set(value).size === value.length &&
    value.every((id) => typeof id === 'string' && hasOption(spec, id))
    ? null
    : 'ANSWER_OPTION'
}

/** One item or several, of any level, retired or not: where it is offered says nothing of where it was named. */
export const itemsFault: Check = (spec, value, day) =>
  (spec.multiple ? choicesFault : choiceFault)(spec, value, day)
