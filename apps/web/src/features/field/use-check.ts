'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useEffect, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { type Draft, specOf } from './draft.ts'

export type Check = inferRouterOutputs<AppRouter>['field']['check']

/** Letters come fast: the server is asked when the hand rests. */
const REST_MS = 350

const PENDING = '…'
/** The question as it would be asked: words that are not there yet are held by dots, which judges nothing. */
function toCheck(draft: Draft): FieldSpec {
  const held = (words: { fr: string; en: string }) =>
    words.fr.trim() === '' ? { fr: PENDING, en: '' } : words
  return specOf({ ...draft, label: held(draft.label), why: held(draft.why) })
}

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
  const input = JSON.stringify({ ...place, entity: draft.entity, spec: toCheck(draft) })
  const [rested, setRested] = useState(input)
  useEffect(() => {
    const rest = setTimeout(() => setRested(input), REST_MS)
    return () => clearTimeout(rest)
  }, [input])
  const answer = useQuery({
    queryKey: ['field-check', rested],
    queryFn: ({ signal }) => callMutation('field.check', JSON.parse(rested), signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return {
    check: answer.data,
    fresh: rested === input && !answer.isPlaceholderData && !answer.isPending,
    error: answer.error,
  }
}
