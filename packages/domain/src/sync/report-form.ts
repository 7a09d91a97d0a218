import type { Answer, Answers, AnswerValue } from '../field/answer.ts'
import { readConverted } from '../field/conversion.ts'
import { type FieldSetMembers, fieldSetHash } from '../field/field-set.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import { formFacts } from '../field/form-facts.ts'
import { computedValue, evaluateForm, type FormState, isShown, planForm } from '../field/form-state.ts'
import { readDocument } from '../field/read-as.ts'
import { type EffectiveField, resolveFields } from '../field/resolve.ts'
import { missingFields } from '../report/complete.ts'
import { type Path, pathIds } from '../territory/path.ts'
import { homePath } from './capture.ts'
import type { Draft } from './draft.ts'
import type { AccountState, PushContext, ReportState } from './state.ts'

type Asked = {
  /** What a report is asked, and what it may hang on besides. */
  readonly report: readonly EffectiveField[]
  readonly all: readonly EffectiveField[]
  readonly rank: number
}

/** Resolved once a home and batch: a hundred reports are of a few homes. */
const resolved = new WeakMap<PushContext, Map<string, Asked>>()

/** What a report at a home is asked now. */
function askedToday(context: PushContext, home: Path): Asked {
  const homes = resolved.get(context) ?? new Map<string, Asked>()
  resolved.set(context, homes)
  const known = homes.get(home)
  if (known) return known
  const path = pathIds(home).flatMap((id) => context.territories.get(id) ?? [])
  const report = resolveFields(path, context.definitions, 'report')
  const cards = (['account', 'contact'] as const).flatMap((entity) =>
    resolveFields(path, context.definitions, entity),
  )
  const asked = { report, all: [...report, ...cards], rank: path.at(-1)?.rank ?? 0 }
  homes.set(home, asked)
  return asked
}

type Filled = Pick<ReportState, 'contactId' | 'kind' | 'outcome' | 'day' | 'values' | 'fieldSet'>

/** A report's answers with its computed figures, what it still lacks, and what it was really asked. */
export type Judged = Pick<ReportState, 'values' | 'missing' | 'fieldSet'>

/** What a document says, by question. */
const saidIn = (fields: readonly EffectiveField[], values: Answers): Record<string, AnswerValue> =>
  Object.fromEntries(Object.entries(readDocument(fields, values)).map(([id, { x }]) => [id, x]))

/**
 * Judges a report by today's form at its account's home: figures are computed here, whatever a phone sent, and only what
 * the conditions show is missing or counted as asked. Answers to what they hide stay as they were sent.
 */
export function judgeReport(
  context: PushContext,
  draft: Draft,
  { account, report, amended }: { account: AccountState; report: Filled; amended: boolean },
): Judged {
  const asked = askedToday(context, homePath(context, account))
  const contact = report.contactId === null ? undefined : draft.contacts.get(report.contactId)
  const read = (entity: FieldEntity, values: Answers = {}) =>
    readConverted(context.conversions, entity, values, context.phone)
  const said = (entity: FieldEntity, values?: Answers) => saidIn(asked.all, read(entity, values))
  const state = evaluateForm(planForm(asked.all), {
    answers: {
      ...said('contact', contact?.values),
      ...said('account', account.values),
      ...said('report', report.values),
    },
    facts: formFacts({
      account,
      rank: asked.rank,
      day: report.day,
      report: { met: contact !== undefined, outcome: report.outcome, kind: report.kind, amended },
    }),
    day: report.day,
  })
  const values = withFigures(asked.report, report.values, state)
  return {
    values,
    missing: missingFields(asked.report, read('report', values), state),
    fieldSet: formAsked(context, draft, { asked: asked.report, fieldSet: report.fieldSet, state }),
  }
}

function withFigures(asked: readonly EffectiveField[], values: Answers, state: FormState): Answers {
  const computed = asked.filter(({ spec }) => spec.type === 'computed')
  if (computed.length === 0) return values
  const next: Record<string, Answer> = { ...values }
  for (const { id, version } of computed) {
    const x = computedValue(state, id)
    if (x === null) delete next[id]
    // The same figure keeps the version it was made under.
    else if (next[id]?.x !== x) next[id] = { v: version, x }
  }
  return next
}

const computedIds = new WeakMap<PushContext, ReadonlySet<string>>()

/** Answers without what nobody answers; those of questions not known here stay for their own check. */
export function withoutComputed<Patch extends Readonly<Record<string, Answer | null>>>(
  context: PushContext,
  patch: Patch,
): Patch {
  const computed =
    computedIds.get(context) ??
    new Set(
      [...context.definitions, ...context.versions.values()].flatMap(({ id, spec }) =>
        spec.type === 'computed' ? id : [],
      ),
    )
  computedIds.set(context, computed)
  const kept = Object.entries(patch).filter(([fieldId]) => !computed.has(fieldId))
  return kept.length === Object.keys(patch).length ? patch : (Object.fromEntries(kept) as Patch)
}

/**
 * Names the form as it was really asked: without what its conditions hid, so that nothing counts as asked and left empty
 * that was never shown; with what a correction brought to light. A form nobody kept stays unknown.
 */
function formAsked(
  context: PushContext,
  draft: Draft,
  { asked, fieldSet, state }: { asked: readonly EffectiveField[]; fieldSet: string | null; state: FormState },
): string | null {
  const conditional = asked.filter(({ spec }) => spec.shownIf !== undefined)
  const members = fieldSet === null ? undefined : formOf(context, draft, fieldSet)
  if (conditional.length === 0 || !members) return fieldSet
  const named = new Set(members.map(([id]) => id))
  const hidden = new Set(conditional.filter(({ id }) => !isShown(state, id)).map(({ id }) => id))
  const shown = conditional.filter(({ id }) => !hidden.has(id) && !named.has(id))
  if (shown.length === 0 && ![...hidden].some((id) => named.has(id))) return fieldSet
  const next: FieldSetMembers = [
    ...members.filter(([id]) => !hidden.has(id)),
    ...shown.map(({ id, version }) => [id, version] as const),
  ]
  const hash = fieldSetHash(next)
  draft.forms.set(hash, next)
  return hash
}

const formOf = (context: PushContext, draft: Draft, hash: string): FieldSetMembers | undefined =>
  draft.forms.get(hash) ?? context.fieldSets.get(hash)

/** What counting needs to know, with the forms that this batch named. */
export const knownForms = (
  context: PushContext,
  draft: Draft,
): Pick<PushContext, 'versions' | 'conversions' | 'fieldSets'> =>
  draft.forms.size === 0
    ? context
    : { ...context, fieldSets: new Map([...context.fieldSets, ...draft.forms]) }
