import type { ErrorCode, ErrorParams } from '../errors.ts'
import { OUTCOMES, REPORT_KINDS } from '../report/report.ts'
import {
  type ConditionKind,
  conditionKind,
  conditionsOf,
  FACT_KINDS,
  OPS_OF,
  reaches,
  reachesFact,
} from './condition.ts'
import { type Clause, type ConditionFact, clausesOf } from './condition-shape.ts'
import type { FieldDefinition, FieldEntity, FieldSpec, FieldType } from './field-spec.ts'
import { type FormulaType, formulaFault, parseFormula } from './formula.ts'

/** A question that another may hang on. */
export type Referable = Pick<FieldDefinition, 'id' | 'entity' | 'spec'> & { readonly retired?: boolean }

export type References = {
  /** Questions of the three entities owned on the path down to the territory that publishes, retired ones too. */
  readonly referable: readonly Referable[]
  /** Those of the branch below that hang on others: a circle may go through them. */
  readonly below: readonly Referable[]
}
export const NO_REFERENCES: References = { referable: [], below: [] }

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }
type Asking = { readonly id: string | null; readonly entity: FieldEntity; readonly spec: FieldSpec }

/** Ids of the questions that a question hangs on, each once. */
export function referencesOf(spec: FieldSpec): string[] {
  const parsed = spec.type === 'computed' ? parseFormula(spec.formula ?? '') : null
  return [
    ...new Set([
      ...conditionsOf(spec)
        .flatMap(clausesOf)
        .flatMap(({ field }) => field ?? []),
      ...(parsed?.ok ? parsed.fields : []),
    ]),
  ]
}

/** What each fact may be compared with; null: anything of its kind. */
export const FACT_OPTIONS: Readonly<Partial<Record<ConditionFact, readonly string[]>>> = {
  kind: ['client', 'prospect'],
  rank: ['0', '1', '2', '3'],
  outcome: OUTCOMES,
  reportKind: REPORT_KINDS,
}

/**
 * What is wrong with what a question hangs on; null when nothing is. It may name questions asked by its own territory and
 * above, of a form that has their answers. A retired one may be named: it is never answered.
 * FIELD_REFERENCE_UNKNOWN {reason, question}, FIELD_CONDITION_WRONG {question, fact, op}, FIELD_FORMULA_WRONG {reason, at, word},
 * FIELD_CYCLE {path}.
 */
export function referencesFault(asking: Asking, references: References): Fault | null {
  const known = new Map(references.referable.map((field) => [field.id, field]))
  return conditionsFault(asking, known) ?? computedFault(asking, known) ?? circleFault(asking, references)
}

type Known = ReadonlyMap<string, Referable>

function conditionsFault({ id, entity, spec }: Asking, known: Known): Fault | null {
  for (const clause of conditionsOf(spec).flatMap(clausesOf)) {
    const target = clause.field === undefined ? undefined : known.get(clause.field)
    if (clause.field !== undefined && clause.field !== id && !target)
      return { code: 'FIELD_REFERENCE_UNKNOWN', params: { reason: 'unknown', question: '' } }
    if (target ? !reaches(entity, target.entity) : clause.fact && !reachesFact(entity, clause.fact))
      return {
        code: 'FIELD_REFERENCE_UNKNOWN',
        params: { reason: 'entity', question: target?.spec.label.fr ?? '', fact: clause.fact ?? '' },
      }
    if (target || clause.fact ? !fits(clause, target?.spec) : false)
      return {
        code: 'FIELD_CONDITION_WRONG',
        params: { question: target?.spec.label.fr ?? '', fact: clause.fact ?? '', op: clause.op },
      }
  }
  return null
}

/** Whether an operator and its value go with the question or the fact. */
function fits({ op, value, fact }: Clause, target: FieldSpec | undefined): boolean {
  const kind = fact ? FACT_KINDS[fact] : target ? conditionKind(target.type) : 'text'
  if (!OPS_OF[kind].includes(op)) return false
  if (op === 'answered' || op === 'not_answered') return true
  const list = op === 'one_of' || op === 'contains_any'
  if (Array.isArray(value) !== list) return false
  const options = fact ? FACT_OPTIONS[fact] : target?.options.map(({ id }) => id)
  return (Array.isArray(value) ? value : [value]).every((one) => VALUES[kind](one, options))
}

type Value = string | number | boolean | undefined
const isText = (value: Value): boolean => typeof value === 'string' && value.trim() !== ''
const isOption = (value: Value, options: readonly string[] | undefined) =>
  typeof value === 'string' && options?.includes(value) === true
const VALUES: Readonly<
  Record<ConditionKind, (value: Value, options: readonly string[] | undefined) => boolean>
> = {
  flag: (value) => typeof value === 'boolean',
  choice: isOption,
  choices: isOption,
  number: (value) => typeof value === 'number',
  day: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  words: isText,
  text: () => false,
}

const FORMULA_TYPES: Readonly<Partial<Record<FieldType, FormulaType>>> = {
  integer: 'number',
  decimal: 'number',
  money: 'number',
  duration: 'number',
  rating: 'number',
  computed: 'number',
  date: 'day',
  yes_no: 'flag',
}
export const formulaType = (type: FieldType): FormulaType | null => FORMULA_TYPES[type] ?? null

function computedFault({ id, entity, spec }: Asking, known: Known): Fault | null {
  if (spec.type !== 'computed') return null
  const wrong = (reason: string, at = 0, word = ''): Fault => ({
    code: 'FIELD_FORMULA_WRONG',
    params: { reason, at: at + 1, word },
  })
  if (entity !== 'report') return wrong('entity')
  const parsed = parseFormula(spec.formula ?? '')
  if (!parsed.ok) return wrong(parsed.fault.reason, parsed.fault.at, parsed.fault.word)
  const fault = formulaFault(parsed.root, (fieldId) => {
    // A circle of one is told as such.
    if (fieldId === id) return 'number'
    const target = known.get(fieldId)
    return target && reaches(entity, target.entity) ? formulaType(target.spec.type) : null
  })
  return fault && wrong(fault.reason, fault.at, fault.word)
}

/** The labels of a circle that the question would close, it first and last. */
function circleFault({ id, spec }: Asking, { referable, below }: References): Fault | null {
  // Nothing hangs on a question that does not exist yet.
  if (id === null) return null
  const fields = new Map([...referable, ...below].map((field) => [field.id, field]))
  const nextOf = (fieldId: string): string[] => {
    const of = fieldId === id ? spec : fields.get(fieldId)?.spec
    return of ? referencesOf(of) : []
  }
  const circle = wayBack(id, nextOf)
  if (!circle) return null
  const labels = circle.map((fieldId) =>
    fieldId === id ? spec.label.fr : (fields.get(fieldId)?.spec.label.fr ?? ''),
  )
  return { code: 'FIELD_CYCLE', params: { path: labels.join(' → ') } }
}

/** A way from a question to itself, or null. Each question is left once. */
function wayBack(start: string, nextOf: (id: string) => readonly string[]): string[] | null {
  const seen = new Set<string>()
  const waiting: (readonly string[])[] = [[start]]
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const at = way.at(-1) ?? start
    for (const next of nextOf(at)) {
      if (next === start) return [...way, start]
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push([...way, next])
    }
  }
  return null
}
