import type { Localised } from '@fieldback/domain/field/field-spec'
import { addressOnOneLine } from '@fieldback/domain/field/types/place'
import type { Position } from '@fieldback/domain/field/types/value'
import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import type { Formats } from './format.ts'

export type AnswerWords = {
  /** Of the namespace `field`. */
  readonly text: (key: 'answer.yes' | 'answer.no' | 'answer.elsewhere') => string
  readonly photos: (count: number) => string
  readonly formats: Formats
  readonly label: (label: Localised) => string
  /** Of an account or a contact; undefined where the reader may not read it. */
  readonly nameOf: (reference: Extract<AnswerParts, { kind: 'reference' }>) => string | undefined
}

export const withUnit = (figure: string, unit: string | null): string =>
  unit === null ? figure : `${figure}\u00a0${unit}`

/** A year is a number without thousands. */
export const figureText = (value: number, formats: Formats): string =>
  Number.isInteger(value) && value >= 1900 && value < 2100 ? String(value) : formats.number(value, 2)

/** An answer in the reader's language, on one line: the same on phone and desk. */
export function answerText(
  parts: AnswerParts,
  { text, photos, formats, label, nameOf }: AnswerWords,
): string {
  switch (parts.kind) {
    case 'yes':
      return text('answer.yes')
    case 'no':
      return text('answer.no')
    case 'options':
      return formats.list(parts.labels.map(label))
    case 'number':
      return withUnit(figureText(parts.value, formats), parts.unit)
    case 'date':
      return [formats.day(parts.day, 'short'), parts.clock].filter(Boolean).join(', ')
    case 'money':
      return formats.money(parts.value, parts.currency)
    case 'duration':
      return formats.minutes(parts.minutes)
    case 'rating':
      return `${parts.value}/${parts.of}`
    case 'text':
    case 'email':
      return parts.text
    case 'phone':
      return formats.phone(parts.text)
    case 'web':
      return parts.text.replace(/^https?:\/\//, '')
    case 'address':
      return addressOnOneLine(parts.address)
    case 'position':
      return pointText(parts.position, formats)
    case 'reference':
      return nameOf(parts) ?? text('answer.elsewhere')
    case 'photos':
      return photos(parts.ids.length)
  }
}

/** Points between the figures of a pair would be read as its comma. */
function pointText({ latitude, longitude, accuracy }: Position, formats: Formats): string {
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  return accuracy === null ? point : `${point} (±\u00a0${formats.distance(accuracy)})`
}
