import type { Answer, Answers } from '../field/answer.ts'
import { readConverted } from '../field/conversion.ts'
import { type FieldSetMembers, fieldSetHash } from '../field/field-set.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import { computedValue, type FormState, isShown } from '../field/form-state.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { missingFields } from '../report/complete.ts'
import { type AskedAt, askedAt, formOfReport } from '../report/form-of-report.ts'
import { type Path, pathIds } from '../territory/path.ts'
import { homePath } from './capture.ts'
import type { Draft } from './draft.ts'
import type { AccountState, PushContext, ReportState } from './state.ts'

/** Resolved once a home and batch: a hundred reports are of a few homes. */
const resolved = new WeakMap<PushContext, Map<string, AskedAt>>()

/** What a report at a home is asked now. */
function askedToday(context: PushContext, home: Path): AskedAt {
  const homes = resolved.get(context) ?? new Map<string, AskedAt>()
  resolved.set(context, homes)
  const known = homes.get(home)
  if (known) return known
  const path = pathIds(home).flatMap((id) => context.territories.get(id) ?? [])
  const asked = askedAt(path, context.definitions)
  homes.set(home, asked)
  return asked
}

type Filled = Pick<ReportState, 'contactId' | 'kind' | 'outcome' | 'day' | 'values' | 'fieldSet'>

/** A report's answers with its computed figures, what it still lacks, and what it was really asked. */
export type Judged = Pick<ReportState, 'values' | 'missing' | 'fieldSet'>

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
  const read = (entity: FieldEntity, values: Answers) =>
    readConverted(context.conversions, entity, values, context.phone)
  const state = formOfReport(asked, { report, account, contact: contact ?? null }, { amended, read })
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
