'use client'
import type { Answers } from '@fieldback/domain/field/answer'
import { formFacts } from '@fieldback/domain/field/form-facts'
import { evaluateForm, type FormState, isShown, planForm } from '@fieldback/domain/field/form-state'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { pathTo } from '@fieldback/domain/giveback/local-rows'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { useMemo } from 'react'
import { fieldsAcross, todayHere, usePhoneState } from '../phone.tsx'
import type { TypedAnswers } from './answers-patch.ts'

type Card = {
  readonly entity: 'account' | 'contact'
  readonly account: Pick<AccountRow, 'territoryId' | 'kind' | 'activity' | 'priority' | 'lastVisitDay'>
  /** What the card says before this form, and what the account says where the card is a contact's. */
  readonly before: Answers
  readonly around?: Answers
  readonly typed: TypedAnswers
}

export type CardForm = {
  readonly shown: readonly EffectiveField[]
  /** Questions to record: those shown, and those whose answer goes because the correction hides them. */
  readonly sent: readonly EffectiveField[]
  /** As typed, without what is hidden; the form keeps it. */
  readonly answers: TypedAnswers
}

const saidIn = (values: Answers | undefined): TypedAnswers =>
  Object.fromEntries(Object.entries(values ?? {}).map(([id, { x }]) => [id, x]))

/** What the conditions make of the questions of a card that is filled in without a report. */
export function useCardForm({ entity, account, before, around, typed }: Card): CardForm {
  const { frame } = usePhoneState()
  const home = account.territoryId
  const all = useMemo(() => fieldsAcross(frame, home), [frame, home])
  const day = todayHere()
  const rank = pathTo(home, frame.territories).at(-1)?.rank ?? 0
  const facts = formFacts({ account, rank, day, report: null })
  const stateOf = (answers: TypedAnswers): FormState =>
    evaluateForm(planForm(all), { answers: { ...saidIn(around), ...answers }, facts, day })
  const now = stateOf(typed)
  const stood = stateOf(saidIn(before))
  const fields = all.filter((field) => field.entity === entity)
  const shown = fields.filter(({ id }) => isShown(now, id))
  return {
    shown,
    sent: fields.filter(({ id }) => isShown(now, id) || isShown(stood, id)),
    answers: Object.fromEntries(shown.map(({ id }) => [id, typed[id]])),
  }
}
