import type { Answers, AnswerValue } from '../field/answer.ts'
import type { FieldDefinition, FieldEntity } from '../field/field-spec.ts'
import { formFacts } from '../field/form-facts.ts'
import { evaluateForm, type FormState, planForm } from '../field/form-state.ts'
import { readDocument } from '../field/read-as.ts'
import { type EffectiveField, resolveFields } from '../field/resolve.ts'
import type { AccountRow } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import { missingFields } from './complete.ts'
import type { Outcome, ReportKind } from './report.ts'

/** The questions of a home: what a report is asked, and what it may hang on besides. */
export type AskedAt = {
  readonly report: readonly EffectiveField[]
  readonly all: readonly EffectiveField[]
  /** Of the home. */
  readonly rank: number
}

/** `path`: from the root to the home. */
export function askedAt(path: readonly PathNode[], definitions: readonly FieldDefinition[]): AskedAt {
  const report = resolveFields(path, definitions, 'report')
  const cards = (['account', 'contact'] as const).flatMap((entity) =>
    resolveFields(path, definitions, entity),
  )
  return { report, all: [...report, ...cards], rank: path.at(-1)?.rank ?? 0 }
}

/** A report with the account and the contact that its conditions read. */
export type ReportGround = {
  readonly report: {
    readonly kind: ReportKind
    readonly outcome: Outcome
    readonly day: string
    readonly values: Answers
  }
  readonly account: Pick<AccountRow, 'kind' | 'activity' | 'priority' | 'lastVisitDay' | 'values'>
  /** Null when nobody was met. */
  readonly contact: { readonly values: Answers } | null
}

/** A document as questions of today's types read it. */
export type ReadToday = (entity: FieldEntity, values: Answers) => Answers

/** What a document says, by question. */
const saidIn = (fields: readonly EffectiveField[], values: Answers): Record<string, AnswerValue> =>
  Object.fromEntries(Object.entries(readDocument(fields, values)).map(([id, { x }]) => [id, x]))

/** A report's form by today's questions, its conditions evaluated. `amended`: see FormSubject. */
export function formOfReport(
  asked: AskedAt,
  { report, account, contact }: ReportGround,
  { amended, read }: { readonly amended: boolean; readonly read: ReadToday },
): FormState {
  const said = (entity: FieldEntity, values: Answers = {}) => saidIn(asked.all, read(entity, values))
  return evaluateForm(planForm(asked.all), {
    answers: {
      ...said('contact', contact?.values),
      ...said('account', account.values),
      ...said('report', report.values),
    },
    facts: formFacts({
      account,
      rank: asked.rank,
      day: report.day,
      report: { met: contact !== null, outcome: report.outcome, kind: report.kind, amended },
    }),
    day: report.day,
  })
}

/**
 * Of what a report lacked when it was last judged, what today's form would require of whoever corrects it: not what was
 * retired or made optional since, nor what its conditions no longer show or require.
 */
export function lackingToday(
  missing: readonly string[],
  asked: AskedAt,
  ground: ReportGround,
  read: ReadToday,
): string[] {
  const state = formOfReport(asked, ground, { amended: true, read })
  const lacking = new Set(missingFields(asked.report, read('report', ground.report.values), state))
  return missing.filter((id) => lacking.has(id))
}
