'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'
import { callMutation } from '../../client/call.ts'
import { type Draft, specOf } from './draft.ts'
import { held, useRested } from './use-rested.ts'

export type Check = inferRouterOutputs<AppRouter>['field']['check']

export type Checked = {
  readonly check: Check | undefined
  /** The answer is about the draft as it stands. */
  readonly fresh: boolean
  readonly error: unknown
}

/** What the server says of a draft: what each return would give, whom it concerns, what it would be refused for. */
export function useCheck(
  place: { readonly territoryId: string; readonly fieldId: string | null },
  draft: Draft,
): Checked {
  const spec = specOf({ ...draft, label: held(draft.label), why: held(draft.why) })
  const { answer, ...rest } = useRested(
    'field-check',
    { ...place, entity: draft.entity, spec },
    { ask: (asked, signal) => callMutation('field.check', JSON.parse(asked), signal) },
  )
  return { check: answer, ...rest }
}
