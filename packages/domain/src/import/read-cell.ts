import { nameKey } from '../account/normalise.ts'
import type { AnswerValue } from '../field/answer.ts'
import { answerFault, LONG_TEXT_MAX, SHORT_TEXT_MAX } from '../field/answer.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import type { LineFault } from './import.ts'

const YES = new Set(['oui', 'o', 'yes', 'y', 'vrai', 'true', 'x', '1', 'ok', 'si'])
const NO = new Set(['non', 'n', 'no', 'faux', 'false', '0'])

/** Yes or no in either language, or as a cross or a figure; null when it is neither. */
export function readYesNo(text: string): boolean | null {
  const key = nameKey(text)
  return YES.has(key) ? true : NO.has(key) ? false : null
}

/** A number with a comma or a point, thousands apart or not; null when it is none. The last of both marks is the decimal one. */
export function readNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00A0\u202F']/g, '')
  const decimal = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'))
  const both = bare.includes(',') && bare.includes('.')
  const whole = both
    ? bare.slice(0, decimal).replace(/[.,]/g, '')
    : bare.slice(0, decimal < 0 ? undefined : decimal)
  const written = decimal < 0 ? bare : `${whole}.${bare.slice(decimal + 1)}`
  return /^[+-]?\d+(\.\d*)?$/.test(written) ? Number(written) : null
}

const pad = (text: string): string => text.padStart(2, '0')

/** YYYY-MM-DD of 31/12/2026 (day first), 31.12.26, 31-12-2026 or an ISO date, with or without its hour; null when it is no day. */
export function readDay(text: string): string | null {
  const trimmed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})([T ].*)?$/.exec(trimmed)
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})( .*)?$/.exec(trimmed)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : []
  if (!year || !month || !day) return null
  const read = `${year.length === 2 ? `20${year}` : year}-${pad(month)}-${pad(day)}`
  return answerFault({ type: 'date' } as FieldSpec, read) === null ? read : null
}

type Fault = Pick<LineFault, 'code' | 'params'>
export type ReadAnswer = { readonly x: AnswerValue } | { readonly fault: Fault }

const fault = (code: Fault['code'], params: Fault['params']): ReadAnswer => ({ fault: { code, params } })

/** What a cell answers to a question: options by their label in either language or by their id. */
export function readAnswer(spec: FieldSpec, text: string): ReadAnswer {
  const value = shownValue(text)
  switch (spec.type) {
    case 'yes_no': {
      const x = readYesNo(text)
      return x === null ? fault('NOT_YES_NO', { value }) : { x }
    }
    case 'single_choice': {
      const x = optionOf(spec, text)
      return x === null ? fault('NOT_OPTION', { value }) : { x }
    }
    case 'multiple_choice':
      return readOptions(spec, text)
    case 'integer':
    case 'decimal': {
      const x = readNumber(text)
      if (x === null || (spec.type === 'integer' && !Number.isSafeInteger(x)))
        return fault('NOT_NUMBER', { value })
      return answerFault(spec, x) === null ? { x } : fault('OUT_OF_RANGE', { value })
    }
    // Nobody answers it.
    case 'computed':
      return fault('NOT_NUMBER', { value })
    case 'date': {
      const x = readDay(text)
      return x === null ? fault('NOT_DATE', { value }) : { x }
    }
    case 'short_text':
    case 'long_text': {
      const max = spec.type === 'short_text' ? SHORT_TEXT_MAX : LONG_TEXT_MAX
      return text.length > max ? fault('TOO_LONG', { max }) : { x: text }
    }
  }
}

/** A cell as a sentence shows it. */
export const shownValue = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

function optionOf({ options }: FieldSpec, text: string): string | null {
  const key = nameKey(text)
  const live = options.filter(({ retired }) => !retired)
  const found =
    live.find(
      ({ label }) => nameKey(label.fr) === key || (label.en !== undefined && nameKey(label.en) === key),
    ) ?? live.find(({ id }) => id === text.trim())
  return found?.id ?? null
}

/** Several options in one cell are separated by ";" "," "|" "/" or a line break, unless the whole is one option's label. */
function readOptions(spec: FieldSpec, text: string): ReadAnswer {
  const whole = optionOf(spec, text)
  if (whole !== null) return { x: [whole] }
  const parts = text
    .split(/[;,|/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const ids = parts.map((part) => ({ part, id: optionOf(spec, part) }))
  const wrong = ids.find(({ id }) => id === null)
  if (wrong) return fault('NOT_OPTION', { value: shownValue(wrong.part) })
  return { x: [...new Set(ids.flatMap(({ id }) => id ?? []))] }
}
