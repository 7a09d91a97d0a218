'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Words } from './draft.ts'

/** Letters come fast: the server is asked when the hand rests. */
const REST_MS = 350

const PENDING: Words = { fr: '…', en: '' }
/** Words that are not there yet are held by dots, which judges nothing. */
export const held = (words: Words): Words => (words.fr.trim() === '' ? PENDING : words)

type Asking<Answer> = {
  /** Takes what is asked as JSON. */
  readonly ask: (asked: string, signal: AbortSignal) => Promise<Answer>
  readonly restMs?: number
}

/** What the server answers to a draft, asked again when the hand rests; the answer before stays meanwhile. */
export function useRested<Answer>(
  name: string,
  draft: object,
  { ask, restMs = REST_MS }: Asking<Answer>,
): {
  readonly answer: Answer | undefined
  /** The answer is about the draft as it stands. */
  readonly fresh: boolean
  readonly error: unknown
} {
  const asked = JSON.stringify(draft)
  const [rested, setRested] = useState(asked)
  useEffect(() => {
    const rest = setTimeout(() => setRested(asked), restMs)
    return () => clearTimeout(rest)
  }, [asked, restMs])
  const { data, isPlaceholderData, isPending, error } = useQuery({
    queryKey: [name, rested],
    queryFn: ({ signal }) => ask(rested, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return {
    answer: data as Answer | undefined,
    fresh: rested === asked && !isPlaceholderData && !isPending,
    error,
  }
}
