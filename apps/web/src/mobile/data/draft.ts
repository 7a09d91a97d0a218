import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { Outcome, ReportKind } from '@fieldback/domain/report/report'

/** A report being filled in, saved at each change; one per account, or the report that is being corrected. */
export type Draft = {
  /** "new:<accountId>" or "amend:<reportId>" */
  readonly id: string
  readonly accountId: string
  readonly kind: ReportKind
  readonly day: string
  readonly contactId: string | null
  /** Somebody met for the first time, named in the form. */
  readonly newContact: { readonly firstName: string; readonly lastName: string } | null
  readonly outcome: Outcome | null
  readonly note: string
  /** Answers by field id, whichever of report, account or contact they land on. */
  readonly answers: Readonly<Record<string, AnswerValue>>
  /** Fields whose shown value was proposed from the last time and not touched. */
  readonly proposed: readonly string[]
  readonly seconds: Readonly<Record<string, number>>
  readonly startedAt: string
  readonly callback: { readonly dueDay: string; readonly reason: string } | null
}

export const newDraftId = (accountId: string): string => `new:${accountId}`
export const amendDraftId = (reportId: string): string => `amend:${reportId}`
