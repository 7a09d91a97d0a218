import { type Answer, type AnswerValue, isEmpty } from './answer.ts'
import { answerFault } from './answer-fault.ts'
import { answerKey } from './answer-key.ts'
import type { FieldSpec, FieldType } from './field-spec.ts'
import type { AnswerMap } from './merges.ts'
import { type NormalPhone, normalForm } from './normal-answer.ts'
import { dayOfMoment } from './types/moment.ts'

/** What numbers from one on become: an answer of the new question, null for none. */
export type Step = { readonly from: number; readonly place: string | null }

/**
 * How answers of one type become answers of another. `map`: what single old answers become, by answerKey, null for
 * nothing; `steps`: numbers by ranges, ascending; `natural`: what neither names becomes what it naturally is.
 */
export type Way = { readonly map: AnswerMap; readonly steps: readonly Step[]; readonly natural: boolean }

const FROM_TEXT = [
  'single_choice',
  'multiple_choice',
  'yes_no',
  'integer',
  'decimal',
  'money',
  'duration',
  'rating',
  'date',
  'phone',
  'email',
  'web_address',
] as const

/** What the answers of each type can become, the likeliest first. Several choices come one by one, so they become no single one by force. */
export const BECOMES: Readonly<Record<FieldType, readonly FieldType[]>> = {
  yes_no: ['single_choice', 'multiple_choice'],
  single_choice: ['single_choice', 'multiple_choice', 'yes_no'],
  multiple_choice: ['multiple_choice', 'single_choice', 'yes_no'],
  integer: ['decimal', 'money', 'duration', 'rating', 'single_choice', 'yes_no'],
  decimal: ['integer', 'money', 'rating', 'single_choice', 'yes_no'],
  money: ['integer', 'decimal', 'single_choice', 'yes_no'],
  duration: ['integer', 'single_choice', 'yes_no'],
  rating: ['integer', 'decimal', 'single_choice', 'yes_no'],
  date: ['short_text'],
  date_time: ['date', 'short_text'],
  short_text: [...FROM_TEXT, 'long_text'],
  long_text: [...FROM_TEXT, 'short_text'],
  phone: ['short_text'],
  email: ['short_text'],
  web_address: ['short_text'],
  postal_address: [],
  position: [],
  account_reference: [],
  contact_reference: [],
  list_reference: [],
  photo: [],
  computed: [],
}

type Natural = (x: string | number | boolean, spec: FieldSpec, phone: NormalPhone) => AnswerValue | undefined

const asNumber: Natural = (x, { unit, currency }) =>
  typeof x === 'number'
    ? x
    : typeof x === 'string'
      ? numberIn(x, currency === 'EUR' ? '€' : (currency ?? unit))
      : undefined
const asText: Natural = (x) => (typeof x === 'boolean' ? undefined : String(x))
const asNormal: Natural = (x, spec, phone) =>
  typeof x === 'string' ? (normalForm(spec, x, phone) ?? undefined) : undefined
const asNothing: Natural = () => undefined

/** What an answer is in another type without anybody saying so; undefined when that is not certain. */
const NATURAL: Readonly<Record<FieldType, Natural>> = {
  yes_no: (x) => (typeof x === 'boolean' ? x : YES_NO.get(answerKey(x))),
  single_choice: (x, spec) => optionIn(spec, x),
  multiple_choice: (x, spec) => optionsIn(spec, x),
  integer: asNumber,
  decimal: asNumber,
  money: asNumber,
  duration: (x, spec) => (typeof x === 'string' ? minutesIn(x) : asNumber(x, spec, () => null)),
  rating: asNumber,
  date: (x) => (typeof x === 'string' ? dayIn(x) : undefined),
  date_time: asNothing,
  short_text: asText,
  long_text: asText,
  phone: asNormal,
  email: asNormal,
  web_address: asNormal,
  postal_address: asNothing,
  position: asNothing,
  account_reference: asNothing,
  contact_reference: asNothing,
  list_reference: asNothing,
  photo: asNothing,
  computed: asNothing,
}

/**
 * One answer as another question takes it: always one that fits it, in its normal form. undefined: it does not convert.
 * "I do not know" is the same everywhere.
 */
export function convert(
  { way, spec }: { readonly way: Way; readonly spec: FieldSpec },
  x: AnswerValue,
  phone: NormalPhone,
): AnswerValue | undefined {
  if (x === null) return null
  const one = (said: string | number | boolean) => convertOne(way, spec, said, phone)
  const y = Array.isArray(x)
    ? together(spec, x.map(one))
    : typeof x === 'object'
      ? undefined
      : one(x as string)
  return y === undefined || y === null || isEmpty(y) || answerFault(spec, y) !== null ? undefined : y
}

function convertOne(
  way: Way,
  spec: FieldSpec,
  x: string | number | boolean,
  phone: NormalPhone,
): AnswerValue | undefined {
  const key = answerKey(x)
  if (Object.hasOwn(way.map, key)) return placed(way.map[key] ?? null, spec, phone)
  if (typeof x === 'number' && way.steps.length > 0)
    return placed(way.steps.findLast(({ from }) => from <= x)?.place ?? null, spec, phone)
  return way.natural ? NATURAL[spec.type](x, spec, phone) : undefined
}

/** What a person said an answer is: the id of an option, "true" or "false", or what he would have typed. */
function placed(place: string | null, spec: FieldSpec, phone: NormalPhone): AnswerValue | undefined {
  if (place === null) return undefined
  if (spec.type === 'single_choice') return place
  if (spec.type === 'multiple_choice') return [place]
  return NATURAL[spec.type](place, spec, phone)
}

/** Several choices: all of them, or the one that they come to. */
function together(spec: FieldSpec, parts: readonly (AnswerValue | undefined)[]): AnswerValue | undefined {
  const said = [...new Set(parts.flatMap((part) => (part === undefined || part === null ? [] : part)))]
  if (spec.type === 'multiple_choice') return said as string[]
  return said.length === 1 ? (said[0] as AnswerValue) : undefined
}

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ...['oui', 'yes', 'o', 'y', 'vrai', 'true'].map((word) => [word, true] as const),
  ...['non', 'no', 'n', 'faux', 'false'].map((word) => [word, false] as const),
])

const YES_WORDS = ['oui', 'yes']
const NO_WORDS = ['non', 'no']

/** The option that is offered in these very words. */
function optionIn({ options }: FieldSpec, x: string | number | boolean): string | undefined {
  const words = typeof x === 'boolean' ? (x ? YES_WORDS : NO_WORDS) : [answerKey(x)]
  return options.find(
    ({ label, retired }) =>
      !retired && [label.fr, label.en ?? label.fr].some((one) => words.includes(answerKey(one))),
  )?.id
}

function optionsIn(spec: FieldSpec, x: string | number | boolean): string[] | undefined {
  const whole = optionIn(spec, x)
  if (whole !== undefined) return [whole]
  if (typeof x !== 'string') return undefined
  const found = x.split(/[,;/\n]/).flatMap((part) => (part.trim() === '' ? [] : [optionIn(spec, part)]))
  const ids = found.flatMap((id) => id ?? [])
  return ids.length === found.length ? [...new Set(ids)] : undefined
}

/** "1 200", "12,5", "12 kg" where it is told in kg; nothing more. */
function numberIn(typed: string, unit: string | undefined): number | undefined {
  const text = answerKey(typed)
  const end = unit === undefined ? '' : answerKey(unit)
  const bare = (end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text).trim()
  if (!/^[+-]?(\d+|\d{1,3}( \d{3})+)([.,]\d+)?$/.test(bare)) return undefined
  return Number(bare.replaceAll(' ', '').replace(',', '.'))
}

/** "1h30", "2 h", "45 min", "45". */
function minutesIn(typed: string): number | undefined {
  const text = answerKey(typed)
  const clock = /^(\d{1,4}) ?h(?:eures?)? ?([0-5]?\d)?(?: ?min(?:utes?)?)?$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2] ?? 0)
  return numberIn(text.replace(/ ?min(utes?)?$/, ''), undefined)
}

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0')

/** As the calendar writes it, or day, month, year; whether there is such a day is judged with the answer. */
function dayIn(typed: string): string | undefined {
  const text = typed.trim()
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return dayOfMoment(text)
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return `${iso[1]}-${two(iso[2])}-${two(iso[3])}`
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  return french ? `${french[3]}-${two(french[2])}-${two(french[1])}` : undefined
}

/** An answer converted, said on the same day; undefined when it does not convert. */
export function convertAnswer(
  to: { readonly way: Way; readonly spec: FieldSpec },
  { x, d }: Pick<Answer, 'x' | 'd'>,
  phone: NormalPhone,
): Answer | undefined {
  const y = convert(to, x, phone)
  return y === undefined ? undefined : { v: 1, x: y, ...(d === undefined ? {} : { d }) }
}
