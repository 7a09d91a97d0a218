'use client'
import type { Answers, AnswerValue } from '@fieldback/domain/field/answer'
import { formFacts } from '@fieldback/domain/field/form-facts'
import { evaluateForm, type FormGiven, type FormState, planForm } from '@fieldback/domain/field/form-state'
import { pathTo } from '@fieldback/domain/giveback/local-rows'
import type { AccountRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import { useMemo, useRef } from 'react'
import type { Draft } from '../data/draft.ts'
import { fieldsAcross, usePhoneState } from '../phone.tsx'

export const saidIn = (values: Answers | undefined): Record<string, AnswerValue> =>
  Object.fromEntries(Object.entries(values ?? {}).map(([id, { x }]) => [id, x]))

export type Conditioned = {
  /** The form as it is being filled in. */
  readonly state: FormState
  /** A report that is corrected, as it stood. */
  readonly stood: FormState | null
}

/**
 * What the conditions make of a report's form, and what its computed questions come to; the server judges by the same
 * function. After a change only what hangs on it is looked at.
 */
export function useFormState(
  { account, report }: { readonly account: AccountRow; readonly report: ReportRow | null },
  draft: Draft,
  contact: ContactRow | null,
): Conditioned {
  const { frame } = usePhoneState()
  const home = account.territoryId
  const plan = useMemo(() => planForm(fieldsAcross(frame, home)), [frame, home])
  const rank = useMemo(() => pathTo(home, frame.territories).at(-1)?.rank ?? 0, [frame, home])
  const last = useRef<FormState | null>(null)
  const given = (filled: Pick<Draft, 'day' | 'outcome' | 'kind' | 'answers'>, met: boolean): FormGiven => ({
    answers: { ...saidIn(contact?.values), ...saidIn(account.values), ...filled.answers },
    facts: formFacts({
      account,
      rank,
      day: filled.day,
      report: { met, outcome: filled.outcome, kind: filled.kind, amended: report !== null },
    }),
    day: filled.day,
  })
  const met = contact !== null || (draft.newContact?.lastName.trim() ?? '') !== ''
  const state = evaluateForm(plan, given(draft, met), last.current)
  last.current = state
  return {
    state,
    stood:
      report &&
      evaluateForm(plan, given({ ...report, answers: saidIn(report.values) }, report.contactId !== null)),
  }
}
