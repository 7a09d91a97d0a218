import type { AnswerValue } from './answer.ts'
import { conditionsOf, holds, type SaidNow } from './condition.ts'
import { type Clause, type Condition, type ConditionFact, clausesOf } from './condition-shape.ts'
import type { FieldDefinition } from './field-spec.ts'
import { type FormulaNode, formulaValue, parseFormula } from './formula.ts'

/** A question of a form, as its home asks it. */
export type FormField = Pick<FieldDefinition, 'id' | 'spec'>

export type FormFacts = Readonly<Partial<Record<ConditionFact, AnswerValue>>>

/** All that a form hangs on; answers by field id, whichever of report, account or contact they belong to. */
export type FormGiven = {
  readonly answers: Readonly<Record<string, AnswerValue | undefined>>
  readonly facts: FormFacts
  /** Of the report, YYYY-MM-DD. */
  readonly day: string
}

/** A question that hangs on others: on their answers, on facts, or on the day. */
type Node = {
  readonly field: FormField
  readonly sources: readonly string[]
  readonly shownIf: Condition | undefined
  readonly requiredIf: Condition | undefined
  readonly formula: FormulaNode | undefined
}

/** A form's questions with what hangs on what, in an order in which each comes after what it hangs on. */
export type FormPlan = {
  readonly fields: ReadonlyMap<string, FormField>
  readonly nodes: readonly Node[]
  /** Everything that something hangs on. */
  readonly sources: ReadonlySet<string>
}

/** What becomes of a question that hangs on others. */
type Outcome = { readonly shown: boolean; readonly required: boolean; readonly value: number | null }

export type FormState = {
  readonly plan: FormPlan
  readonly given: FormGiven
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** Questions that had to be evaluated to come from the last state to this one. */
  readonly evaluated: number
}

const DAY = '/day'
const factKey = (fact: ConditionFact): string => `/${fact}`
const sourceOf = (clause: Clause): string => clause.field ?? factKey(clause.fact)

const plans = new WeakMap<readonly FormField[], FormPlan>()

/** Reads what hangs on what among the questions of a form: once for the same list. */
export function planForm(fields: readonly FormField[]): FormPlan {
  const known = plans.get(fields)
  if (known) return known
  const nodes = new Map(fields.flatMap((field) => nodeOf(field)).map((node) => [node.field.id, node]))
  const plan: FormPlan = {
    fields: new Map(fields.map((field) => [field.id, field])),
    nodes: inOrder(nodes),
    sources: new Set([...nodes.values()].flatMap(({ sources }) => sources)),
  }
  plans.set(fields, plan)
  return plan
}

function nodeOf(field: FormField): Node[] {
  const { spec } = field
  const parsed = spec.type === 'computed' ? parseFormula(spec.formula ?? '') : null
  const conditions = conditionsOf(spec)
  if (conditions.length === 0 && !parsed) return []
  return [
    {
      field,
      sources: [
        ...new Set([
          ...conditions.flatMap(clausesOf).map(sourceOf),
          ...(parsed?.ok ? [...parsed.fields, DAY] : []),
        ]),
      ],
      shownIf: spec.shownIf,
      requiredIf: spec.requiredIf,
      formula: parsed?.ok ? parsed.root : undefined,
    },
  ]
}

/**
 * Each after what it hangs on. Publication refuses circles; should one come about all the same (a branch that was moved),
 * its questions hang on nothing: asked, and without a figure.
 */
function inOrder(nodes: ReadonlyMap<string, Node>): Node[] {
  const done = new Map<string, 'open' | 'closed'>()
  const circular = new Set<string>()
  const ordered: Node[] = []
  const visit = (id: string, above: readonly string[]): void => {
    const node = nodes.get(id)
    if (!node || done.get(id) === 'closed') return
    if (done.get(id) === 'open') {
      for (const one of above.slice(above.indexOf(id))) circular.add(one)
      return
    }
    done.set(id, 'open')
    for (const source of node.sources) visit(source, [...above, id])
    done.set(id, 'closed')
    ordered.push(node)
  }
  for (const id of nodes.keys()) visit(id, [])
  return ordered.map((node) =>
    circular.has(node.field.id)
      ? { ...node, sources: [], shownIf: undefined, requiredIf: undefined, formula: undefined }
      : node,
  )
}

/**
 * Which questions are asked and required, and what computed ones come to. A hidden question counts as not answered for
 * what hangs on it, so do one that is not of this form and one that is retired. From the state before, only what hangs on
 * something that changed is evaluated again. Pure: the same answers give the same form on the phone and on the server.
 */
export function evaluateForm(plan: FormPlan, given: FormGiven, before: FormState | null = null): FormState {
  const last = before?.plan === plan ? before : null
  const changed = last ? changesBetween(plan, last.given, given) : null
  const outcomes = new Map<string, Outcome>(last?.outcomes)
  let evaluated = 0
  for (const node of plan.nodes) {
    const { id } = node.field
    if (changed && !node.sources.some((source) => changed.has(source))) continue
    evaluated += 1
    const was = outcomes.get(id)
    const is = outcomeOf(node, { plan, given, outcomes })
    outcomes.set(id, is)
    if (was?.shown !== is.shown || was.value !== is.value) changed?.add(id)
  }
  return { plan, given, outcomes, evaluated }
}

function changesBetween(plan: FormPlan, before: FormGiven, now: FormGiven): Set<string> {
  const changed = new Set<string>()
  for (const source of plan.sources)
    if (!same(givenOf(before, source), givenOf(now, source))) changed.add(source)
  return changed
}

const givenOf = (given: FormGiven, source: string): AnswerValue | undefined =>
  source === DAY
    ? given.day
    : source.startsWith('/')
      ? given.facts[source.slice(1) as ConditionFact]
      : given.answers[source]

const same = (a: AnswerValue | undefined, b: AnswerValue | undefined): boolean =>
  a === b ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((id, at) => id === b[at]))

type Now = Pick<FormState, 'plan' | 'given' | 'outcomes'>

function outcomeOf(node: Node, now: Now): Outcome {
  const read = (clause: Clause): SaidNow => {
    if (clause.field === undefined) return { value: now.given.facts[clause.fact] }
    const options = now.plan.fields.get(clause.field)?.spec.options
    return { value: saidOf(now, clause.field), ...(options ? { options } : {}) }
  }
  const shown = node.shownIf === undefined || holds(node.shownIf, read)
  return {
    shown,
    required: shown && node.requiredIf !== undefined && holds(node.requiredIf, read),
    value:
      shown && node.formula
        ? formulaValue(
            node.formula,
            { said: (id) => saidOf(now, id), day: now.given.day },
            node.field.spec.decimals,
          )
        : null,
  }
}

/** What a question of the form says to those that hang on it. */
function saidOf({ plan, given, outcomes }: Now, fieldId: string): AnswerValue | undefined {
  const field = plan.fields.get(fieldId)
  const outcome = outcomes.get(fieldId)
  if (!field || outcome?.shown === false) return undefined
  return field.spec.type === 'computed' ? (outcome?.value ?? undefined) : given.answers[fieldId]
}

export const isShown = (state: FormState, fieldId: string): boolean =>
  state.outcomes.get(fieldId)?.shown !== false

/** Required by its owner, by a level, or by a condition: always only where it is shown, and never of a computed one. */
export const isRequired = (state: FormState, { id, spec }: FormField): boolean =>
  spec.type !== 'computed' &&
  isShown(state, id) &&
  (spec.required || state.outcomes.get(id)?.required === true)

/** What a computed question comes to; null for no value. */
export const computedValue = (state: FormState, fieldId: string): number | null =>
  state.outcomes.get(fieldId)?.value ?? null
