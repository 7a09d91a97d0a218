import type { Cell } from '../export/csv.ts'
import { type Answer, isEmpty } from '../field/answer.ts'
import type { FieldSpec, FieldType, Localised } from '../field/field-spec.ts'
import { addressOnOneLine } from '../field/types/place.ts'
import { type AnswerParts, answerParts } from '../giveback/answer-parts.ts'
import type { AskedThen } from './read-report.ts'

/** What one column of a question holds: most types need one, an amount and a place two. */
export type ColumnPart = 'value' | 'minutes' | 'amount' | 'currency' | 'latitude' | 'longitude'

const ONE: readonly ColumnPart[] = ['value']

const PARTS: Readonly<Record<FieldType, readonly ColumnPart[]>> = {
  yes_no: ONE,
  single_choice: ONE,
  multiple_choice: ONE,
  integer: ONE,
  decimal: ONE,
  money: ['amount', 'currency'],
  duration: ['minutes'],
  rating: ONE,
  date: ONE,
  date_time: ONE,
  short_text: ONE,
  long_text: ONE,
  phone: ONE,
  email: ONE,
  web_address: ONE,
  postal_address: ONE,
  position: ['latitude', 'longitude'],
  account_reference: ONE,
  contact_reference: ONE,
  list_reference: ONE,
  photo: ONE,
  computed: ONE,
}

/** What a file says in the reader's language. */
export type CellWords = {
  readonly yes: string
  readonly no: string
  readonly unknown: string
  /** Of what lies outside of the reader's branches. */
  readonly elsewhere: string
  readonly unreadable: string
  readonly part: (part: Exclude<ColumnPart, 'value'>) => string
  readonly label: (label: Localised) => string
  readonly phone: (number: string) => string
  /** Of an account or a contact; undefined where the reader may not read it. */
  readonly nameOf: (id: string) => string | undefined
  /** Where a photo is seen, by who may read the report. */
  readonly photo: (id: string) => string
}

export type QuestionColumns = {
  readonly fieldId: string
  /** As it is asked today: later types than those of a release are read as text. */
  readonly spec: FieldSpec
  readonly heads: readonly string[]
}

/**
 * The columns of some questions under their words of today: with the owner's name where two are called alike, and with
 * their key where even that is the same.
 */
export function questionColumns(
  questions: readonly AskedThen[],
  words: Pick<CellWords, 'label' | 'part'>,
): QuestionColumns[] {
  const bare = questions.map(({ definition: { spec } }) => withUnit(words.label(spec.label), spec.unit))
  const owned = told(bare, (i) => `${bare[i]}, ${questions[i]?.owner.name}`)
  const names = told(owned, (i) => `${owned[i]} (${questions[i]?.definition.key})`)
  return questions.map(({ definition: { id, spec } }, i) => ({
    fieldId: id,
    spec,
    heads: partsOf(spec).map((part) =>
      part === 'value' ? (names[i] ?? '') : `${names[i]} (${words.part(part)})`,
    ),
  }))
}

const partsOf = ({ type }: Pick<FieldSpec, 'type'>): readonly ColumnPart[] => PARTS[type] ?? ONE

const withUnit = (name: string, unit: string | undefined): string => (unit ? `${name} (${unit})` : name)

/** Names of which several are alike are told apart. */
function told(names: readonly string[], apart: (index: number) => string): string[] {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return names.map((name, i) => ((times.get(name) ?? 0) > 1 ? apart(i) : name))
}

const SEPARATOR = ' | '

/**
 * An answer in the columns of its question: read as the version it was given under, `then`, in the words of then. "I do not
 * know" is said; an empty answer is an empty cell. Where the question has become another type, it is told in its first column.
 */
export function answerCells(
  { spec }: QuestionColumns,
  then: FieldSpec,
  answer: Answer | undefined,
  words: CellWords,
): readonly Cell[] {
  const width = partsOf(spec).length
  // Of many columns a report fills few.
  if (answer === undefined) return width === 1 ? BLANK : filled([], width)
  const cells = spaced(answer, then, spec, words)
  if (cells.length === width) return cells
  if (cells.length === 0) return filled([], width)
  return filled([cells.filter((cell) => cell !== null).join(' ')], width)
}

const BLANK: readonly Cell[] = [null]

const filled = (cells: readonly Cell[], width: number): Cell[] =>
  Array.from({ length: width }, (_, i) => cells[i] ?? null)

function spaced(answer: Answer, then: FieldSpec, now: FieldSpec, words: CellWords): Cell[] {
  if (isEmpty(answer.x)) return []
  if (answer.x === null) return filled([words.unknown], partsOf(now).length)
  // Days to come are nobody's question here: any day serves.
  const parts = answerParts(then, answer, '2000-01-01')
  if (!parts) return filled([words.unreadable], partsOf(now).length)
  return cellsOf(parts, now, words)
}

function cellsOf(parts: AnswerParts, now: FieldSpec, words: CellWords): Cell[] {
  switch (parts.kind) {
    case 'yes':
    case 'no':
      return [words[parts.kind]]
    case 'options':
      return [parts.labels.map(words.label).join(SEPARATOR)]
    case 'number':
      // The head says today's unit: a figure told in another one says so itself.
      return [
        (parts.unit ?? '') === (now.unit ?? '') ? parts.value : `${parts.value} ${parts.unit ?? ''}`.trim(),
      ]
    case 'money':
      return [parts.value, parts.currency]
    case 'duration':
      return [parts.minutes]
    case 'rating':
      return [parts.value]
    case 'date':
      return [[parts.day, parts.clock].filter(Boolean).join(' ')]
    case 'text':
    case 'email':
    case 'web':
      return [parts.text]
    case 'phone':
      return [words.phone(parts.text)]
    case 'address':
      return [addressOnOneLine(parts.address)]
    case 'position':
      return [parts.position.latitude, parts.position.longitude]
    case 'reference':
      return [words.nameOf(parts.id) ?? words.elsewhere]
    case 'photos':
      return [parts.ids.map(words.photo).join(SEPARATOR)]
  }
}
