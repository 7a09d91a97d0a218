import { nameKey } from '../account/normalise.ts'
import type { AnswerValue } from '../field/answer.ts'
import { answerFault } from '../field/answer-fault.ts'
import type { FieldOption, FieldSpec, FieldType } from '../field/field-spec.ts'
import { ADDRESS_MAX, ADDRESS_PARTS } from '../field/types/place.ts'
import { EMAIL_MAX, LONG_TEXT_MAX, PHONE_MAX, SHORT_TEXT_MAX, WEB_ADDRESS_MAX } from '../field/types/text.ts'
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

type Reader = (spec: FieldSpec, text: string) => AnswerValue | undefined

/** HH:MM of 14:30, 14h30, 14 h or 2:30 pm; null when it is no time. */
function readClock(text: string): string | null {
  const [whole, hour = '', minute = '0', half] =
    /^(\d{1,2})\s*(?:[:h]\s*(\d{2})?)?(?::\d{2}(?:\.\d+)?)?\s*(am|pm)?$/i.exec(text.trim()) ?? []
  if (whole === undefined || /^\d+$/.test(whole)) return null
  const later = half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : 0
  const first = half?.toLowerCase() === 'am' && hour === '12' ? -12 : 0
  return `${pad(String(Number(hour) + later + first))}:${pad(minute)}`
}

/** YYYY-MM-DDTHH:MM of a day and an hour, in that order; null without either. */
function readMoment(text: string): string | null {
  const [day = '', ...clock] = text.trim().split(/[T ]+/)
  const [read, time] = [readDay(day), readClock(clock.join(' '))]
  return read === null || time === null ? null : `${read}T${time}`
}

/** Minutes of 90, 1:30, 1h30, 1 h or 45 min; null when it is no length of time. */
export function readMinutes(text: string): number | null {
  const bare = text.toLowerCase().replace(/[\s\u00A0\u202F]/g, '')
  const [whole, hours = '', minutes = ''] = /^(?:(\d+)(?:h|:))?(\d+)?(?:min|mn|m)?$/.exec(bare) ?? []
  if (whole === undefined || (hours === '' && minutes === '')) return null
  return Number(hours) * 60 + Number(minutes)
}

/** An amount with or without its currency, before or behind. */
const readAmount = (text: string): number | null => readNumber(text.replace(/\p{Sc}|\b[A-Z]{3}\b/gu, ''))

/** "Street, postcode town, country": what does not read so is the street. */
function readAddress(text: string): AnswerValue {
  const parts = text.split(/[,\n]/).map((part) => part.trim())
  const at = parts.findIndex((part, index) => index > 0 && /^\d[\dA-Z-]{2,9} .*\p{L}/iu.test(part))
  if (at < 0) return { street: text.trim(), postcode: '', city: '', country: '' }
  const [postcode = '', ...city] = (parts[at] ?? '').split(/\s+/)
  return {
    street: parts.slice(0, at).join(', '),
    postcode,
    city: city.join(' '),
    country: parts.slice(at + 1).join(', '),
  }
}

/** "43.2951, -0.3708", latitude first. */
function readPosition(text: string): AnswerValue | undefined {
  const [latitude, longitude, ...rest] = text.split(/[;,\s]+/).map(Number)
  if (latitude === undefined || longitude === undefined || rest.length > 0) return undefined
  return { latitude, longitude, accuracy: null }
}

const asText: Reader = (_, text) => text
const asNumber: Reader = (_, text) => readNumber(text) ?? undefined

/** What each kind of cell says, and what is told when it does not read so. */
const READ: Readonly<Record<FieldType, { readonly read: Reader; readonly fault: Fault['code'] }>> = {
  yes_no: { read: (_, text) => readYesNo(text) ?? undefined, fault: 'NOT_YES_NO' },
  single_choice: { read: (spec, text) => optionOf(spec, text) ?? undefined, fault: 'NOT_OPTION' },
  multiple_choice: { read: readOptions, fault: 'NOT_OPTION' },
  integer: { read: asNumber, fault: 'NOT_NUMBER' },
  decimal: { read: asNumber, fault: 'NOT_NUMBER' },
  money: { read: (_, text) => readAmount(text) ?? undefined, fault: 'NOT_NUMBER' },
  duration: { read: (_, text) => readMinutes(text) ?? undefined, fault: 'NOT_DURATION' },
  rating: { read: (_, text) => readNumber(text.replace(/\/\s*\d+$/, '')) ?? undefined, fault: 'NOT_NUMBER' },
  date: { read: (_, text) => readDay(text) ?? undefined, fault: 'NOT_DATE' },
  date_time: { read: (_, text) => readMoment(text) ?? undefined, fault: 'NOT_DATE_TIME' },
  short_text: { read: asText, fault: 'TOO_LONG' },
  long_text: { read: asText, fault: 'TOO_LONG' },
  phone: { read: asText, fault: 'TOO_LONG' },
  email: { read: asText, fault: 'TOO_LONG' },
  web_address: { read: asText, fault: 'TOO_LONG' },
  postal_address: { read: (_, text) => readAddress(text), fault: 'TOO_LONG' },
  position: { read: (_, text) => readPosition(text), fault: 'NOT_POSITION' },
  // A file knows accounts and people by names that two of them may bear.
  account_reference: { read: () => undefined, fault: 'NOT_FROM_A_FILE' },
  contact_reference: { read: () => undefined, fault: 'NOT_FROM_A_FILE' },
  list_reference: {
    read: (spec, text) => (spec.multiple ? readOptions(spec, text) : (optionOf(spec, text) ?? undefined)),
    fault: 'NOT_OPTION',
  },
  photo: { read: () => undefined, fault: 'NOT_FROM_A_FILE' },
  // Nobody answers it.
  computed: { read: () => undefined, fault: 'NOT_FROM_A_FILE' },
}

/** What a cell answers to a question: options by their label in either language or by their id, items by their code too. */
export function readAnswer(spec: FieldSpec, text: string): ReadAnswer {
  const value = shownValue(text)
  const { read, fault: code } = READ[spec.type]
  const x = read(spec, text)
  if (x === undefined) return fault(code, { value: wrongOption(spec, text) ?? value })
  switch (answerFault(spec, x)) {
    case null:
      return { x }
    case 'ANSWER_RANGE':
      return fault('OUT_OF_RANGE', { value })
    case 'ANSWER_TOO_LONG':
      return fault('TOO_LONG', { max: LONGEST[spec.type] ?? 0 })
    default:
      return fault(code, { value })
  }
}

const LONGEST: Readonly<Partial<Record<FieldType, number>>> = {
  short_text: SHORT_TEXT_MAX,
  long_text: LONG_TEXT_MAX,
  phone: PHONE_MAX,
  email: EMAIL_MAX,
  web_address: WEB_ADDRESS_MAX,
  postal_address: Math.max(...ADDRESS_PARTS.map((part) => ADDRESS_MAX[part])),
}

/** A cell as a sentence shows it. */
export const shownValue = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** Options that may be answered, by all that names one; made once, for a file of thousands of lines asks it of a list of thousands. */
const names = new WeakMap<readonly FieldOption[], ReadonlyMap<string, string>>()

function namesOf(options: readonly FieldOption[]): ReadonlyMap<string, string> {
  const known = names.get(options)
  if (known) return known
  const made = new Map<string, string>()
  // What comes last stays: an option before the others of its label, a label before an id, a code before all.
  const live = options.filter(({ retired }) => !retired).toReversed()
  for (const { id } of live) made.set(byId(id), id)
  for (const { id, label } of live)
    for (const words of [label.en, label.fr]) if (words !== undefined) made.set(byWords(words), id)
  for (const { id, item } of live) if (item?.code) made.set(byWords(item.code), id)
  names.set(options, made)
  return made
}

const byId = (id: string): string => `# ${id}`
const byWords = (words: string): string => nameKey(words)

function optionOf({ options }: FieldSpec, text: string): string | null {
  const named = namesOf(options)
  return named.get(byWords(text)) ?? named.get(byId(text.trim())) ?? null
}

/** Several options in one cell are separated by ";" "," "|" "/" or a line break, unless the whole is one option's label. */
const partsOf = (text: string): string[] =>
  text
    .split(/[;,|/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function readOptions(spec: FieldSpec, text: string): string[] | undefined {
  const whole = optionOf(spec, text)
  if (whole !== null) return [whole]
  const ids = partsOf(text).map((part) => optionOf(spec, part))
  return ids.includes(null) ? undefined : [...new Set(ids.flatMap((id) => id ?? []))]
}

/** Of several options in one cell, the first that is none. */
function wrongOption(spec: FieldSpec, text: string): string | undefined {
  const several = spec.type === 'multiple_choice' || spec.multiple === true
  const wrong = several && partsOf(text).find((part) => optionOf(spec, part) === null)
  return wrong ? shownValue(wrong) : undefined
}
